#!/bin/sh
# A build in parts by GNU parallel, on this machine or on those that its options name, and put together. In the workspace:
#   parallel.sh PARTS [OPTION OF PARALLEL…]      such as: parallel.sh 8 --sshloginfile machines --workdir "$PWD"
# A part whose worker is killed is begun again, twice. A fault of a report is told by its part, and the parts are not put together.
set -eu
parts=$1
shift
seq "$parts" | parallel --retries 3 --line-buffer "$@" belagg build --partition "{}/$parts"
belagg merge $(seq -f "parts/%g-of-$parts" "$parts")
