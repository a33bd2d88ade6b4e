#!/bin/sh
# Writes build.ninja: the reports that something has changed for, each as a part, and all put together. In the workspace:
#   ninja.sh && ninja
set -eu
{
    printf 'rule part\n  command = belagg build $report --out parts/$report\n  depfile = parts/$report/part.d\n  deps = gcc\n'
    printf 'rule merge\n  command = belagg merge $in && touch $out\n'
    printf 'rule again\n  command = sh %s\n  generator = 1\n' "$0"
    all=
    for report in content/*/report.yaml; do
        report=${report#content/}
        report=${report%/report.yaml}
        printf 'build parts/%s/part.json: part content/%s/report.yaml\n  report = %s\n' "$report" "$report" "$report"
        all="$all parts/$report/part.json"
    done
    printf 'build output/index.html: merge%s\n' "$all"
    # A folder is another when a report has come or gone.
    printf 'build build.ninja: again content\n'
} >build.ninja
