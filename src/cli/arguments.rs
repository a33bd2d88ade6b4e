//! The command line as it is typed.

use std::path::PathBuf;

use clap::builder::{PossibleValuesParser, TypedValueParser};
use clap::{Parser, Subcommand};

use crate::diagnostic::Tongue;
use crate::handover::HEADING;
use crate::load::FileSchema;
use crate::locale::Language;
use crate::model::DocumentKind;
use crate::publish::partition::Partition;

use super::deps::Form;
use super::output::{Color, Format};

/// Reports whose every figure is bound to data, as PDF and HTML.
#[derive(Debug, Parser)]
#[command(
    name = "belagg",
    version,
    about,
    after_help = "\
Exit codes: 0 done; 1 the content has errors, nothing was written; 2 the command or the workspace is wrong; \
3 output could not be written, what was published before is as it was; 4 the program itself failed in a report, the others were finished; \
5 `verify` has nothing to verify, or nothing to hold it against.

Start with `belagg new inspection-report my-report`, then `belagg build my-report`."
)]
pub struct Arguments {
    /// Folder of the workspace (with content/ and, usually, belagg.yaml)
    #[arg(long, short = 'C', global = true, default_value = ".", value_name = "FOLDER")]
    pub workspace: PathBuf,

    /// How problems are printed
    #[arg(long, global = true, default_value = "human", value_enum)]
    pub format: Format,

    /// When to use colour; `auto`: on a terminal, unless NO_COLOR or CLICOLOR_FORCE is set
    #[arg(long, global = true, default_value = "auto", value_enum)]
    pub color: Color,

    /// Language of what the program says; otherwise the one that belagg.yaml names
    #[arg(long, global = true, value_name = "LANGUAGE", value_parser = PossibleValuesParser::new(Tongue::NAMES))]
    pub lang: Option<String>,

    /// Say nothing of what was done: only errors and warnings, and what was asked for
    #[arg(long, short, global = true)]
    pub quiet: bool,

    #[command(subcommand)]
    pub command: Command,
}

#[derive(Debug, Clone, Subcommand)]
pub enum Command {
    /// Speak with an editor about what is being written (the language server protocol, on standard input and output)
    Lsp,
    /// Build reports: PDF, web page, charts and data, into output/<report>/<version>/
    Build {
        /// Names of reports (folders in content/); all when none is given
        reports: Vec<String>,
        /// Make everything anew, also reports of which nothing has changed since they were built
        #[arg(long)]
        anew: bool,
        /// Folder in which reports are kept for other builds of the same inputs, here or on other machines
        #[arg(long, value_name = "FOLDER", conflicts_with_all = ["partition", "out", "deps"])]
        cache: Option<PathBuf>,
        /// How many megabytes the cache may hold; what was used least lately goes first
        #[arg(long, value_name = "MEGABYTES", default_value_t = 2000, requires = "cache")]
        cache_size: u64,
        /// Build one of several parts, such as 2/7, as one machine of several does, into parts/2-of-7: `belagg merge` puts them together
        #[arg(long, value_name = "PART", conflicts_with = "reports")]
        partition: Option<Partition>,
        /// Build into this folder, as a part for `belagg merge`
        #[arg(long, value_name = "FOLDER")]
        out: Option<PathBuf>,
        /// Build nothing: print what each output depends on
        #[arg(long, value_name = "FORM", value_enum, conflicts_with_all = ["partition", "out"])]
        deps: Option<Form>,
    },
    /// Put the parts together that `belagg build --partition` or `--out` made: the same output as that of one build. Nothing is written unless they are whole
    Merge {
        /// Folders of parts; all in parts/ when none is given
        parts: Vec<PathBuf>,
    },
    /// Do everything but write: show every problem
    Check {
        /// Names of reports (folders in content/); all when none is given
        reports: Vec<String>,
        /// Tell what was looked at of accessibility and archiving, and what was not
        #[arg(long)]
        conformance: bool,
        /// Look at what lies in output/ in place of the content: whether every link, place and file that is named there is there
        #[arg(long, conflicts_with_all = ["conformance", "all", "fix"])]
        links: bool,
        /// With --links: only list the addresses elsewhere, one a line, for a program that asks whether they answer
        #[arg(long, requires = "links")]
        external: bool,
        /// Show remarks too, and every paragraph of every rule
        #[arg(long)]
        all: bool,
        /// Mend what is certain (bind matching numbers, typography): shows the difference, and asks on a terminal
        #[arg(long)]
        fix: bool,
        /// With --fix: write without asking
        #[arg(long, requires = "fix")]
        yes: bool,
    },
    /// List every number of the text with what it rests on: bound, matching a figure, allowed, or without evidence
    Audit {
        /// Names of reports (folders in content/); all when none is given
        reports: Vec<String>,
        /// Only numbers that need to be bound
        #[arg(long)]
        pending: bool,
        /// Propose a figure for each number without evidence, in findings/proposed.yaml, and its binding: shows the difference, and asks on a terminal
        #[arg(long, conflicts_with = "pending")]
        propose: bool,
        /// With --propose: write without asking
        #[arg(long, requires = "propose")]
        yes: bool,
    },
    /// Tell which numbers of persons are hidden under the disclosure policy, why, and what proves that they cannot be found out
    Disclose {
        /// Names of reports (folders in content/); all when none is given
        reports: Vec<String>,
        /// Write what proves that `keep-hidden` is enough beside report.yaml (keep-hidden.json), so that it is proved by the same whatever the hidden numbers are
        #[arg(long)]
        keep: bool,
    },
    /// Publish a report, with its extracts and decision page, as the version that its report.yaml names: it lasts, and no build writes it again
    Publish {
        /// Name of the report: its folder in content/
        report: String,
        /// Sign the manifest and the record with this secret key (`belagg key` or minisign made it)
        #[arg(long, value_name = "FILE")]
        sign: Option<PathBuf>,
    },
    /// Show what differs between two published versions, or a version and the working state: figures first, the words after
    Diff {
        /// Name of the report: its folder in content/
        report: String,
        /// The older version; the newest published one when none is given
        old: Option<String>,
        /// The newer version; the working state when none is given
        new: Option<String>,
        /// Print a web page instead (`belagg diff … --html > changes.html`); `--format json` prints data
        #[arg(long)]
        html: bool,
    },
    /// Hold files against the ledger, and the ledger against its signatures: unchanged, changed after publication, missing, not proven or unknown
    #[command(after_help = "\
Records and packed inputs are held against their hashes. Where version control changes the ends of lines (CRLF on Windows), put this line into \
.gitattributes: content/*/versions/** -text")]
    Verify {
        /// The name of a report, a version's folder or any file of one, a page beside the versions, a record, packed inputs, a package for the archive; everything that is published when none is given
        what: Vec<PathBuf>,
        /// Also build the versions again from their packed inputs, record and all, and compare every byte
        #[arg(long)]
        rebuild: bool,
        /// The public key that signatures must be of, in the place of `key` in belagg.yaml: one that you have from elsewhere
        #[arg(long, value_name = "RW…")]
        key: Vec<String>,
    },
    /// Write a report for others: a package of a published version for the archive, a Word document to comment on, or a folder for a web editor
    #[command(
        override_usage = "belagg export <REPORT> [VERSION] --archive [--public | --internal]\n       belagg export <REPORT> --word [--to <FILE>]\n       belagg export <REPORT> [VERSION] --web [--out <FOLDER>] [--heading <LEVEL>] [--title] [--base <ADDRESS>]"
    )]
    #[command(group = clap::ArgGroup::new("form").required(true))]
    Export {
        /// Name of the report: its folder in content/
        report: String,
        /// A published version; when none is given the newest, with --web the one that report.yaml names, published or not
        #[arg(conflicts_with = "word")]
        version: Option<String>,
        /// As archive/<report>-<version>.tar: PDF, page, data, sources, ledger, checksums and a README
        #[arg(long, group = "form")]
        archive: bool,
        /// With --archive, where a disclosure policy stands: what everybody may have, without data and without what it was made of
        #[arg(long, requires = "archive", conflicts_with = "internal")]
        public: bool,
        /// With --archive, where a disclosure policy stands: all that the version was made of, hidden numbers too
        #[arg(long, requires = "archive")]
        internal: bool,
        /// As a Word document to comment on, as the report is now: changes are tracked, bound numbers locked
        #[arg(long, group = "form")]
        word: bool,
        /// With --word: the file to write, in the place of comments/<report>-<version>.docx
        #[arg(long, value_name = "FILE", requires = "word")]
        to: Option<String>,
        /// As a folder for a web editor: the page as a fragment that another page can hold, the files under names that tell what they are, texts to fill in
        #[arg(long, group = "form")]
        web: bool,
        /// With --web: the folder to write, in the place of web/<report>-<version>
        #[arg(long, value_name = "FOLDER", requires = "web")]
        out: Option<String>,
        /// With --web: the level of the first headings of the fragment
        #[arg(long, value_name = "LEVEL", requires = "web", default_value_t = HEADING, value_parser = level())]
        heading: u8,
        /// With --web: the fragment begins with the title, at that level
        #[arg(long, requires = "web")]
        title: bool,
        /// With --web: the address under which the files will lie, which the links of the fragment lead to
        #[arg(long, value_name = "ADDRESS", requires = "web")]
        base: Option<String>,
    },
    /// Make a key pair for signing (`belagg publish --sign FILE`), in the form of minisign
    Key {
        /// New file for the secret key, outside version control
        file: PathBuf,
    },
    /// Make a new report that builds, or the next one of a series from the one before
    #[command(
        override_usage = "belagg new\n       belagg new <KIND> <NAME>\n       belagg new --from <REPORT> <NAME>\n       belagg new --translation-of <REPORT> --language <LANGUAGE> [NAME]"
    )]
    New {
        #[arg(help = [&kinds(), "left out with --from and --translation-of, and where you want to be asked"].join("; "))]
        kind: Option<String>,
        /// Name of the report: its folder in content/ and its address
        name: Option<String>,
        /// Copy this report, without its versions: its folder in content/. `belagg check` then says what still names its period
        #[arg(long, value_name = "REPORT", conflicts_with = "language")]
        from: Option<String>,
        /// Begin a translation of this report into the language that --language names: every text with a place for its words. Without NAME it is called after the original and the language
        #[arg(long, value_name = "REPORT", conflicts_with = "from", requires = "language")]
        translation_of: Option<String>,
        /// Language of the report; Swedish when none is given
        #[arg(long, value_parser = PossibleValuesParser::new(Language::NAMES))]
        language: Option<String>,
    },
    /// Show reports beside their PDF in a browser on this machine, and follow every change that is saved
    Serve {
        /// Port of 127.0.0.1; a free one when none is given
        #[arg(long, default_value_t = 0)]
        port: u16,
        /// Only print the address
        #[arg(long)]
        no_open: bool,
    },
    /// Make a report of a document that was written in a word processor, and list what needs a hand; or list what came back in one that was out for comments
    #[command(
        override_usage = "belagg import <FILE> [--kind <KIND>] [--name <NAME>]\n       belagg import --comments <FILE> [--yes]"
    )]
    Import {
        /// A document: .docx, .odt or .md
        file: PathBuf,
        /// List the comments and tracked changes of a Word document that `belagg export --word` made, each with the file and line of its words and what a change would write there: asks on a terminal whether what is certain is written
        #[arg(long, conflicts_with_all = ["kind", "language"])]
        comments: bool,
        /// With --comments: write what is certain without asking
        #[arg(long, requires = "comments")]
        yes: bool,
        #[arg(long, default_value = DocumentKind::Report.name(), help = kinds())]
        kind: String,
        /// Name of the report: its folder in content/; without it made of the name of the file, or told by the file that came back
        #[arg(long)]
        name: Option<String>,
        /// Language of the report; without it told by its words
        #[arg(long, value_parser = PossibleValuesParser::new(Language::NAMES))]
        language: Option<String>,
    },
    /// Explain a code such as FIG002, or how a figure or table came about; list all codes
    Explain {
        /// A code in brackets of a message, or the id of a figure or table (sip.any, or my-report:sip.any)
        subject: Option<String>,
        /// Name of the report; all that have the figure when none is given
        #[arg(long)]
        report: Option<String>,
        /// All rules of the checks as one Markdown page
        #[arg(long, conflicts_with = "subject")]
        rules: bool,
    },
    /// Print what may stand in a kind of file as a JSON schema, for completion and explanations in an editor; list the kinds of file
    #[command(after_help = "\
`belagg schema --ids` writes all of them into .schema/, which the files that `belagg new` makes name to an editor with yaml-language-server (VS Code, \
Neovim, Zed …); `belagg schema --write schemas` writes them elsewhere. Both say which line tells of them.")]
    Schema {
        #[arg(help = ["Kind of file", &FileSchema::every_kind().into_iter().map(|schema| schema.name).collect::<Vec<_>>().join(", ")].join(": "))]
        file: Option<String>,
        /// Write the schemas of all kinds of file into this folder of the workspace
        #[arg(long, value_name = "FOLDER", conflicts_with = "file")]
        write: Option<String>,
        /// With today's ids of figures, tables, datasets and units, for completion; without FILE all schemas are written, into .schema/ where no other folder is named
        #[arg(long)]
        ids: bool,
        /// All keys as Markdown tables, as at the end of docs/format.md
        #[arg(long, conflicts_with_all = ["file", "write", "ids"])]
        keys: bool,
    },
    /// Tell what the program finds here (workspace, languages, fonts, templates, disk, console), what is odd, and what to do about it
    Doctor,
    /// Print the completions for a shell: `belagg completions bash > /etc/bash_completion.d/belagg`
    Completions { shell: clap_complete::Shell },
    /// Write the manual pages, belagg.1 and one for each command, into a folder
    Man {
        /// A folder that is there
        folder: PathBuf,
    },
}

impl Command {
    /// Whether it does something, so that its lines only say that it is done; the others are asked for what they print.
    pub fn is_deed(&self) -> bool {
        match self {
            Self::Build { deps, .. } => deps.is_none(),
            Self::Merge { .. } | Self::Publish { .. } | Self::Export { .. } | Self::New { .. } | Self::Man { .. } => {
                true
            }
            Self::Check { conformance, fix, external, .. } => !conformance && !fix && !external,
            Self::Schema { file, write, ids, .. } => write.is_some() || *ids && file.is_none(),
            _ => false,
        }
    }
}

/// A level of headings. Of a choice of values the program says itself which there are, in each language.
fn level() -> impl TypedValueParser<Value = u8> {
    PossibleValuesParser::new(["1", "2", "3", "4", "5", "6"]).try_map(|level| level.parse::<u8>())
}

/// The kinds of document, for help: each part of it is looked up by itself in other languages.
fn kinds() -> String {
    ["Kind of document", &DocumentKind::WRITTEN.join(", ")].join(": ")
}
