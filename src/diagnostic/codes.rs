//! The register of codes: what each diagnostic means, for `belagg explain CODE`.

/// A stable name of a kind of diagnostic: `FIG002`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Code(pub &'static str);

impl std::fmt::Display for Code {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.0)
    }
}

/// What `belagg explain` prints of a code.
#[derive(Debug, Clone, Copy)]
pub struct CodeInfo {
    pub code: Code,
    pub title: &'static str,
    /// What is wrong, why it matters and how to mend it.
    pub explanation: &'static str,
}

/// Declares each code as a constant and lists it in [`CODES`].
macro_rules! codes {
    ($($name:ident = $code:literal, $title:literal, $explanation:literal;)*) => {
        impl Code {
            $(#[doc = $title] pub const $name: Code = Code($code);)*
        }

        /// Every code, in the order of this file.
        pub const CODES: &[CodeInfo] = &[
            $(CodeInfo { code: Code($code), title: $title, explanation: $explanation },)*
        ];
    };
}

impl Code {
    /// What kinds of document demand, which are set like the rules of the checks.
    pub const DEMANDS: &[Code] = &[
        Code::OUTCOME_MISSING,
        Code::OUTCOME_REASON,
        Code::QUESTION_UNANSWERED,
        Code::PAGE_LIMIT,
        Code::SENTENCE_LONG,
        Code::RESPONSE_MISSING,
        Code::FOLLOW_UP,
        Code::GATHERING,
        Code::DEMAND,
        Code::CHAPTER_HEADING,
    ];
    /// The parser's share of a rule of the checks: a target such as `#` or `TODO` never becomes a link.
    pub const LINK_PLACEHOLDER: Code = Code("REF012");
}

codes! {
    FILE_MISSING = "FIL001", "A file or folder is missing",
        "Something that the report or the workspace names is not there. Check the spelling, letter case included, and that the file was saved in the right folder.";
    FILE_NOT_UTF8 = "FIL002", "A file is not UTF-8",
        "Text files must be saved as UTF-8. In Excel choose \"CSV UTF-8\"; in a text editor choose UTF-8 under \"Save as\".";
    FILE_EMPTY = "FIL003", "A file is empty",
        "The file holds nothing but white space or comments. Write its content, or delete it and what names it.";
    FILE_OUTSIDE = "FIL004", "A file lies outside the workspace",
        "A report may only use files of its own workspace, so that it can be built and archived anywhere. Copy the file into the report's folder. Symbolic links out of the workspace are refused as well.";
    FILE_UNREADABLE = "FIL005", "A file cannot be read",
        "The operating system refused to read the file. Check its permissions and that it is not open elsewhere.";
    FILE_TYPE = "FIL006", "A file is of a kind that cannot be used here",
        "Images are PNG, JPEG or SVG; table data is CSV, case rows are XLSX, ODS or CSV. Convert the file to one of these.";

    FILE_TOO_LARGE = "FIL007", "A file is larger than is read",
        "Files of text have a size that no report comes near; docs/format.md lists it under Limits. What is larger was exported or saved by mistake, or holds several reports. Divide it, or leave out what is not printed.";
    FILE_GARBLED = "FIL008", "Letters came out wrong before the file was saved",
        "\"MalmÃ¶\" is \"Malmö\" that a program read with the wrong encoding and saved. What was lost cannot be told for sure, so that nothing is guessed: export the file anew from where it comes, as UTF-8, or say at the file which `encoding` it has.";

    PICTURE_TOO_LARGE = "PIC001", "A picture is too large",
        "A picture that has more pixels than any page can show, or unpacks to more than the memory of an ordinary machine, is refused before it is unpacked. The limits stand in docs/format.md. Make the picture smaller: 2,000 pixels across a page print sharply.";
    PICTURE_DAMAGED = "PIC002", "A picture is damaged or cut off",
        "The file ends too early or breaks a rule of its format, so that a part of the picture would be missing. Open it in a picture program and save it anew, or fetch it again.";
    PICTURE_UNSAFE = "PIC003", "A drawing holds what cannot be published",
        "An SVG goes to readers as it is. Scripts, handlers, moving parts, text from web pages (foreignObject) and whatever would be fetched from elsewhere are refused: they would run on the reader's machine, or be missing in the PDF. Save the drawing as a plain SVG or as PNG.";
    PICTURE_COLOURS = "PIC004", "A picture has colours that cannot be shown",
        "Pictures for printing presses (CMYK) look different in every program. Save the picture with RGB colours.";
    ADDRESS = "FIL009", "A name cannot be an address",
        "The name of a report's folder becomes a folder of the output and a part of an address, and so does that of each extract and decision page: the report's name, a hyphen and the unit's id. It holds letters, digits, hyphens, underscores and full stops, and is none that the output or Windows uses for something else. Rename the folder, or the id of the unit.";

    YAML_SYNTAX = "YML001", "YAML cannot be understood",
        "The file breaks a rule of YAML. Often a text holds a colon or begins with a special character and needs quotation marks, or a line is indented wrongly.";
    YAML_TAB = "YML002", "A tab is used for indentation",
        "YAML does not allow tabs at the start of a line. Replace each by spaces (two are usual).";
    YAML_BUDGET = "YML003", "YAML is too large or nests too deeply",
        "The file expands to more than the program accepts, often through aliases (*name) that refer to each other. Write the content out.";
    YAML_DUPLICATE = "YML004", "A key stands twice in the same mapping",
        "Each key may be given once. Delete or rename one of the two.";

    KEY_UNKNOWN = "KEY001", "A key is not known",
        "Keys are fixed so that a slip of the pen cannot go unnoticed. The message lists those that are known here.";
    KEY_MISSING = "KEY002", "A required key is missing",
        "Add the key. docs/format.md shows an example of each mapping.";
    VALUE_TYPE = "KEY003", "A value is of the wrong type",
        "A number, a text, a list or a mapping was expected. Numbers are written with digits only, decimals with a point: 1234, 12.5.";
    VALUE_INVALID = "KEY004", "A value is not allowed",
        "Only certain values are meaningful here; the message lists them.";
    ID_DUPLICATE = "KEY005", "An id is used twice",
        "Figures, tables, charts and the like are found by their ids, so each id may be given once in a report. Rename one.";
    ID_INVALID = "KEY006", "An id has characters that are not allowed",
        "Ids consist of small letters, digits, hyphen, underscore and full stop, and begin with a letter or digit.";
    TOO_DEEP = "KEY007", "Text is nested too deeply",
        "Lists, quotations and other blocks may stand at most twelve deep. Flatten the text; no reader follows so many levels.";

    FIGURE_UNKNOWN = "FIG001", "A figure is not known",
        "The text binds a figure that no file in findings/ defines. Check the spelling, or define the figure.";
    FIGURE_BASE_MISSING = "FIG002", "A figure has no base",
        "A share or a percentage needs the number it is counted on. Give the figure `base: <id of another figure>`.";
    FIGURE_CYCLE = "FIG003", "Figures refer to each other in a circle",
        "A sum, difference or base must not lead back to the figure itself.";
    FIGURE_EXCEEDS_BASE = "FIG004", "A figure is larger than its base",
        "A part cannot be larger than the whole. Either the count or the base is wrong.";
    FIGURE_TOTAL = "FIG005", "A typed total differs from the computed one",
        "The typed total is not the sum of its parts. Correct the parts or the total, or leave the total out: it is computed.";
    FIGURE_NOT_BY_SEX = "FIG006", "A figure is not given per sex",
        "The text asks for women or men of a figure that has only a total. Give `women` and `men`, or write the sentence without the split.";
    FIGURE_KIND = "FIG007", "A figure is of a kind that cannot be used so",
        "Dates and texts have no percentage, published percentages have no count. Choose another filter or another figure.";
    FIGURE_OVERFLOW = "FIG008", "A number is too large",
        "Numbers of more than thirty digits cannot be computed exactly.";
    FILTER_UNKNOWN = "FIG009", "A filter is not known",
        "Filters follow the figure after a vertical bar. One of them says how the figure is printed; two that would make nothing of each other cannot stand together.";

    TABLE_UNKNOWN = "TAB001", "A table is not known",
        "No file in findings/ defines a table with this id.";
    TABLE_RAGGED = "TAB002", "A row does not fit the columns",
        "Each row has one value for each column: no more, no fewer. A cell without a value states its reason: {blank: not-available}.";
    TABLE_BLANK = "TAB003", "A blank cell without a reason",
        "Readers must be able to tell zero from missing. Write {blank: zero}, {blank: not-applicable}, {blank: not-available} or {blank: suppressed}.";
    TABLE_TOTAL = "TAB004", "A typed total differs from the computed one",
        "The typed total is not the sum of its row or column. Correct the parts or the total, or leave the total out: it is computed.";
    TABLE_EMPTY = "TAB005", "A table has no rows or no columns",
        "A table without content would be an empty frame. Add rows, or delete the table and what names it.";
    TABLE_NOTE = "TAB006", "A table's note mark and its notes do not match",
        "Every [^mark] in the table needs an entry in `notes`, and every entry a place that refers to it.";
    TABLE_HEADER = "TAB007", "A table lacks a header",
        "Screen readers announce a cell by its headers; a header cell must not be empty.";

    TABLE_COLUMNS = "TAB008", "A table has more columns than can be set",
        "A page, even turned, has room for a few dozen columns at most. Turn the table round, so that its columns become rows, or make several tables.";

    TABLE_LONG = "TAB009", "The tables have more cells than can be set",
        "Nobody reads a thousand pages of rows. Print what the report speaks of (a table counted from the rows, the largest of them), and give the whole file as a download.";
    TABLE_PERIOD = "TAB010", "A column goes by periods, and the rows are none",
        "A change since the period before, or since a year before, and a mean over periods are found by what the labels of the rows say of time, so that a month that is missing is not passed over. Rows are years, half-years, quarters or months, each once.";

    SMALL_NUMBERS = "DIS001", "Small numbers of persons, and no policy that protects them",
        "A number of one to four persons can tell of each of them what the table or the sentence says of all. Without a policy nothing is hidden: write `disclosure` in belagg.yaml; docs/disclosure.md tells what it means and how to choose. Say with `counts: units` or `counts: none` of a dataset, table or figure that it counts no persons.";
    POLICY_VALUE = "DIS002", "A value of the disclosure policy cannot be",
        "`minimum` and `values-left` are whole numbers from 2 to 1,000: with less nothing would be protected. `prefer` names `merge`, `hide` and `refuse` in the order in which they are tried, each once, `refuse` last. What is printed by a decision (`exceptions`, `quotations`) is decided before it is printed: `decided` is no later than the report's `date`.";
    POLICY_LOOSER = "DIS003", "A report is less strict than its workspace",
        "What belagg.yaml says under `disclosure` holds for all reports, and report.yaml can only be stricter: a higher `minimum`, more `values-left`, `zeros: hidden`. A single number that is printed all the same is an exception with its reason and the day of the decision.";
    POLICY_NAME = "DIS004", "The disclosure policy names a number that is not there",
        "`never-hide`, `keep-hidden` and `exceptions` of report.yaml name numbers of the report: a figure, a group of it (plans.women), or a table, a row and a column of it (visits.norr.men); a row or a column may be `total`. What belagg.yaml names may be of any report; `belagg check` of all reports tells of what none has.";

    FEEDBACK_FILE = "COM001", "A document that came back cannot be read",
        "The file is damaged, protected, or no document of Word. Open it in the word processor and save it anew as .docx, without a password; an attachment is saved from the message first.";
    COMMENT_LOST = "COM002", "A document that came back marks a comment that it does not hold",
        "The text marks the place of a comment whose words are not in the file. The program that saved it last has lost them, or somebody took them out by hand. Look into the file as it was sent.";
    FEEDBACK_REPORT = "COM003", "It is not known which report a document was made from",
        "A document that `belagg export --word` has written says which report it is of. Where a program has dropped that, or the report has another name now, name it: `belagg import --comments FILE --name my-report`. Comments and changes are listed all the same, without places.";
    FEEDBACK = "COM004", "A comment or a change in a document that came back",
        "What somebody wrote into the Word document, at the place where the words stand in the files of the report. `belagg import --comments FILE` lists all of them.";

    DATA_FILE = "DAT001", "A spreadsheet cannot be read",
        "The file is damaged, protected by a password or not what its name says. Open it in a spreadsheet program and save it anew as .xlsx or .ods.";
    DATA_SHEET = "DAT002", "A sheet or header row is not there",
        "A dataset names one sheet of a spreadsheet, the first unless `sheet` says otherwise. Sheets are named as on their tabs, letter case included.";
    DATA_COLUMN = "DAT003", "A column of case rows is not known",
        "A dataset reads the columns that it names by their headers; figures and tables use the ids that the dataset gives them.";
    DATA_VALUE = "DAT004", "A cell holds what cannot stand in its column",
        "Every cell must be a value of its column, or have no value (be empty, or hold one of the words in `missing`), so that nothing is left out of the counts unseen. The message names the cell.";
    DATA_CASE = "DAT005", "A case has no name or stands twice",
        "The column that `id` names tells cases apart, so that none is counted twice.";
    DATA_EMPTY = "DAT006", "There are no case rows",
        "The sheet holds nothing below its header. Name the right sheet or header row.";
    DATASET_UNKNOWN = "DAT007", "A dataset is not known",
        "Datasets are defined in findings/ under `datasets`.";
    DATA_CATEGORY = "DAT008", "A value is asked for that its column does not have",
        "A condition that can never hold is most often a slip of the pen. If no case has the value this time, list it in the column's `values`.";
    DATA_SEX = "DAT009", "Cases are neither women nor men",
        "The dataset has a column for sex and some cases have no value in it, so women and men do not add up to the total. Fill the cells in if it is known.";
    DATA_LEFT_OUT = "DAT010", "Rows of a sheet that are not counted, or are hidden",
        "Totals, sources, notes and whatever stands below a blank row are no cases. The remark names them, so that you see that none was one. `last-row` in the dataset says which row is the last case. Rows that are hidden or filtered out in the spreadsheet are cases like all others.";
    DATA_DOUBT = "DAT011", "A row that may be a case or not",
        "A total or note that is counted as a case makes every number wrong, and so does a case that is left out. Where the sheet does not tell, you do: write `last-row: …` in the dataset with the number of the last row that holds a case, or take the other rows out.";
    DATA_MERGED = "DAT012", "Merged cells",
        "The value of merged cells stands in the first of them only. In columns of text it is read as the value of each row, with a remark; in columns of numbers, dates and names, and over several columns, it cannot be told what is meant. Unmerge the cells and write in each what holds for it.";
    DATA_MISSING = "DAT013", "A figure is computed of cases that do not all have a value",
        "A sum or mean of the cases that happen to have a value is another number than that of all cases. Fill the cells in, or say that the figure is about those that have one: `missing: leave-out` at the figure, the measure or the column of the dataset.";
    DATA_AMBIGUOUS = "DAT014", "A number that can be read in two ways",
        "1,234 is 1234 in English and 1.234 in Swedish. Write `decimal` or `thousands` in the dataset or table, with the character that the file uses: `decimal: \",\"`.";
    DATA_ALIKE = "DAT015", "Two texts that look the same",
        "Rows or categories whose names differ only in invisible characters, capital letters, dashes, quotation marks or letters of another script are most often one. Write them alike.";

    DISCLOSURE_REFUSED = "DIS010", "A number of persons is too small to be printed",
        "So few persons may be recognised, or find out about each other. Put categories together, leave the number out, let the program hide it, or decide under `exceptions` in the policy, with a reason and a date, that it may be printed.";
    DISCLOSURE_UNPROTECTED = "DIS011", "A hidden number would be found out",
        "Totals, differences and other tables give a hidden number back, and what could be hidden besides is not enough or must stay printed. Put categories together so that the number grows, or print fewer totals.";
    DISCLOSURE_BOUND = "DIS012", "A sentence binds a number that is hidden",
        "What is hidden in the table is hidden in the sentence, with every percentage and comparison made of it. The sentence reads badly so: write it without the number. `belagg disclose` lists what is hidden, and why.";

    DISCLOSURE_FILE = "DIS013", "A file with data is offered beside numbers that are hidden",
        "The file may hold what the report hides, and the program cannot tell. Tables are published with their data as CSV, JSON and spreadsheets, without what is hidden: no other file is needed.";

    DISCLOSURE_TYPED = "DIS014", "A number is typed that is hidden elsewhere",
        "The tables hide the number, or a number of persons that is too small stands in no table and follows from one, and the sentence tells it. Write the sentence without it. In a draft, and where it is not certain which number is meant, this is a warning.";
    DISCLOSURE_PUBLIC = "DIS015", "A number that is too small is public already",
        "An earlier version, or another published report, printed the number, or what it follows from. It is not hidden, since that would protect nobody; other numbers are hidden so that what is not public stays unknown. `belagg disclose` lists what is public. Decide under `exceptions`, with a reason and a date, that it may be printed.";

    DISCLOSURE_HIDDEN = "DIS016", "Numbers of persons are hidden",
        "The disclosure policy hides numbers of this report. `belagg disclose` tells which and why, and which rows or columns could be put together so that more is shown; `prefer: [merge, hide]` has this remark say so.";

    DISCLOSURE_WHOLE = "DIS017", "A whole group stands in one category",
        "\"All eleven boys were granted it\" tells of each of them, however many they are, and so does none of them. The policy asks about it (`whole-group: ask`): put rows or columns together, leave the number out, or decide that it may be told (`whole-group: show`, or an exception) or is hidden (`whole-group: hide`). Where the policy says nothing of it, this is a remark.";

    DISCLOSURE_QUOTATION = "DIS018", "Somebody who is quoted may be recognised",
        "What is said of who is quoted (place, sex, age, diagnosis, day) fits fewer persons than the policy shows, counted in the case rows or the typed tables. Say less of them, or have somebody answer for it: `quotations` under `disclosure` in report.yaml, with who, why and when.";

    DISCLOSURE_UNKEPT = "DIS019", "What was kept hidden is not enough any more",
        "`keep-hidden` names what is hidden of the report. Numbers have changed since, so that another one is too small or one of them could be found out, and more had to be hidden. `belagg disclose` gives the new list: look at it, and write it instead.";

    DISCLOSURE_PROOF = "DIS020", "The proof of what is kept hidden does not hold",
        "`belagg disclose REPORT --keep` writes keep-hidden.json beside report.yaml: other numbers that agree with all that is printed, by which what `keep-hidden` names is proved to be enough whatever the hidden numbers are. Where the file is damaged, or numbers or texts have changed since, the proof is sought anew; write the file anew as well.";

    BINDING_SYNTAX = "TXT001", "A binding cannot be understood",
        "A binding is written {{ figure }} or {{ figure | filter }}. To print two braces as they are, write \\{{.";
    RAW_HTML = "TXT002", "HTML in Markdown",
        "HTML is refused so that PDF and page hold the same text. Write Markdown, or one of the blocks in docs/format.md.";
    BLOCK_UNKNOWN = "TXT003", "A block is not known",
        "A binding alone in its paragraph asks for a block, which is made of the findings. Check the spelling, and that what it names is defined.";
    HEADING_ORDER = "TXT004", "A heading skips a level",
        "After a level 2 heading comes level 3, not 4: screen readers and the table of contents rely on it.";
    CHAPTER_HEADING = "TXT005", "A chapter does not begin with a level 1 heading",
        "Each chapter begins with `# Heading`, by which readers find it in the table of contents; deeper headings begin with `##`. A file may hold several chapters. Press releases, replies and articles need no headings.";
    IMAGE_ALT = "TXT006", "An image has no alternative text",
        "Describe what the image tells: ![Diagram of the process](process.png). Readers who do not see it get this text.";
    TABLE_MARKDOWN = "TXT007", "A table in Markdown cannot be used",
        "A table in Markdown needs a header row without empty cells.";
    LANGUAGE_TAG = "TXT008", "A language is not known",
        "Use a BCP 47 tag of two or three letters: [text](lang:en).";
    EMPTY_TEXT = "TXT009", "A text is empty",
        "Titles, captions and headings must have words.";
    BLOCK_UNUSED = "TXT010", "A table or chart is defined and never used",
        "It stands in the data but in no chapter. Print it with {{ table … }} or {{ chart … }}, or delete it.";

    TEXT_TOO_LONG = "TXT011", "A text is longer than can be set",
        "A word, an address or a row of blanks in which no line can be broken, a title, heading, label, alternative text or link target is longer than a PDF can hold or a reader can use. Shorten it, or part it by blanks; docs/format.md lists the limits.";
    LIST_BY_CHANCE = "TXT012", "A line that became a list, or none",
        "A number with a point at the beginning of a line begins a list in Markdown, also where it is a year that ends a sentence: write `2019\\.`, or begin the line with another word. So does a hyphen, also where it stands for what somebody said: write `– Vi vill …`, with an empty line before each reply. Dashes and bullets (`–`, `•`) begin no list and no line: items of a list begin with `- `.";

    REFERENCE_UNKNOWN = "REF001", "A reference leads nowhere",
        "No heading, table or chart of the report has this address. Tables are #table-<id>, charts #chart-<id>, headings the id in braces.";
    NOTE_UNKNOWN = "REF002", "A note is not defined",
        "The text refers to [^label] but no line `[^label]: …` stands in the same file.";
    NOTE_UNUSED = "REF003", "A note is never referred to",
        "The note would not be printed. Refer to it with [^label], or delete it.";
    SOURCE_UNKNOWN = "REF004", "A citation has no source",
        "The key is not in sources.yaml. Check the spelling or add the source.";
    SOURCE_UNUSED = "REF005", "A source is never cited",
        "The bibliography prints what the text cites. Cite it with [@key], or delete it.";
    CITATION_PLACE = "REF015", "A citation stands where there are no notes",
        "Titles, subtitles, descriptions, and names of units and quality areas are also printed in lists, in headers of pages and in the metadata, without links and notes. Cite the source in a chapter instead.";
    ANCHOR_DUPLICATE = "REF006", "Two places have the same address",
        "Addresses must be unique in a report: those of headings, of tables (#table-<id>), of charts (#chart-<id>) and of questions (#question-<id>). Give one of them another id.";
    LINK_TARGET = "REF007", "A link's target cannot be used",
        "Links lead to https:, http:, mailto: or to a place in the report (#id).";
    UNIT_UNKNOWN = "REF008", "A unit is not known",
        "Units are listed in report.yaml under `units`.";
    AREA_UNKNOWN = "REF009", "A quality area is not known",
        "Quality areas are listed in findings/ under `quality-areas`.";
    LINK_EMPTY = "REF010", "A link has no text",
        "Screen readers read the text of a link. Say where it leads.";

    CHART_SPEC = "CHT001", "A chart's specification cannot be used",
        "The chart asks for something that its table does not hold or that its mark cannot show.";
    CHART_MISLEADING = "CHT002", "A chart would mislead",
        "Bars and areas start at zero, no chart has two axes, parts that overlap and averages are not stacked, counts and shares of one whole are not coloured on a map, classes of a histogram have one width, a waffle shows one share, and more than four series cannot be told apart: choose some with `series`, let `highlight` name the lines that count among at most six, or draw a panel for each with `by: series`.";
    CHART_EMPTY = "CHT003", "A chart has nothing to show",
        "The table has no rows, or all its values are blank.";
    CHART_UNKNOWN = "CHT004", "A chart is not known",
        "No file charts/<report>/<id>.yaml has this name.";
    CHART_COLOUR = "CHT005", "A colour cannot be used",
        "Colours are written #rrggbb. The accent needs a contrast of at least 4.5:1 to white, because headings and links are set in it.";
    CHART_ROOM = "CHT008", "A chart has no room on a page",
        "Its rows would be printed in type under 7 points. Choose rows, make several charts, or draw points of time as a line.";
    CHART_TURNED = "CHT009", "Bars lie that should stand",
        "The names of the categories have no room beside each other, in smaller type and on three lines either. Shorten them, or leave `orientation: vertical` out.";
    CHART_MANY = "CHT010", "A chart has many bars",
        "More than thirty bars of one series stand in two or three columns. Let `fold` draw the highest and the lowest and the others as one row, choose some with `rows`, or leave the numbers to the table.";

    MAP_UNREADABLE = "CHT006", "A map cannot be read",
        "Maps are GeoJSON or TopoJSON files with polygons, small enough for a report. Export the file again; where it is too large, simplify it in the program that it is from.";
    MAP_UNFIT = "CHT007", "A map and its table do not fit",
        "Each row that is drawn needs a region that is called as the row is, by its id or its label, and each region that is drawn needs a row. Correct the names, give a row a blank with its reason, or draw only the regions of the rows with `regions: rows`.";

    PARAMETER = "PAR001", "A parameter cannot be used",
        "`{{ param.month }}` is replaced by what `parameters` in report.yaml says, or by the cell of that column in the row that a report is made for (`for-each`). In running text it is bound like a figure and takes filters; in paths, ids, dates and conditions it stands by itself. Correct its name, or give it.";
    EACH = "PAR002", "Rows do not make reports",
        "With `for-each` each row of a CSV file or of the first sheet of a workbook makes a report of its own. Its first line names the parameters, a column `id` (otherwise the first column) says what each report is called, no two rows may be called the same, and no cell is blank.";
    ROW_GONE = "PAR003", "A published report has no row any more",
        "The report was made for a row of a file, and was published. The row was taken out, or is called otherwise now. Its versions stay and are restored where they are missing; a row that was only renamed makes a new report with a new address, unless a column `id` holds the old name.";

    TRANSLATION = "TRA001", "A translation is not of its original",
        "A report with `translation-of` in report.yaml says in another language what its original says. Its files of findings and charts have the names of the original's and hold words alone, by the same keys and ids; numbers, ids, paths and all else come from the original and are changed there. Words of files with data stand under `words` in report.yaml. See docs/translations.md.";

    OUTCOME_MISSING = "KND001", "Something was planned and has no outcome",
        "A final report holds what was delivered against what was planned, also where nothing was delivered. Give each deliverable `delivered` and `status`.";
    OUTCOME_REASON = "KND002", "A status without reason, or against its numbers",
        "What was not delivered in full says why, and a status agrees with the numbers beside it: done means at least what was planned, not-done nothing.";
    QUESTION_UNANSWERED = "KND003", "A question has no answer",
        "In a reply every question is printed with {{ question id }}. Its answer follows, or stands further down and says which question it is about: [](#question-id).";
    REPORT_VERSION = "KND004", "Another report is of another version",
        "A document that takes figures from another report names the version it was written from. The other report has changed since: read what it says now, and then name the new version.";
    PAGE_LIMIT = "KND005", "The document has more pages than its kind allows",
        "A press release has two pages at most, a decision page one: they are read in one sitting. Shorten the text.";
    SENTENCE_LONG = "KND006", "A sentence is too long for an easy-read text",
        "Easy-read texts have short sentences, one thought each. Split the sentence.";
    RESPONSE_MISSING = "KND007", "A survey says nothing of who answered",
        "A survey states how many were asked, how many answered, and what those who did not answer mean for the result.";

    FOLLOW_UP = "KND008", "A follow-up leaves something out",
        "A follow-up says of every development area of the report that it follows how far it has come, what has been done and how that is known. The report is named in report.yaml with its version.";

    GATHERING = "KND009", "An annual report gathers nothing, or leaves something out",
        "An annual report gathers the findings of the inspections that it names under `reports` in report.yaml. Each of them has strengths and development areas, or figures that are named under `measures`, and every development area is printed, by quality area or by unit.";
    GATHERED_NAME = "KND010", "Inspections call the same thing by different names",
        "A quality area or unit with the same id has other words in another inspection. If it is the same, the annual report says which name holds: `units` in its report.yaml, `quality-areas` in its findings. If it is another, give one of them another id.";
    MEASURE = "KND011", "A measure cannot be gathered as it is named",
        "A measure names a figure that inspections of the annual report have, at most one of each: `figure: id` where all call it the same, `figures: [inspection:id, …]` where they do not. Measures that are not the same are not compared, and the report says which and why: {{ table not-compared }}.";
    DEMAND = "KND012", "Something that the kind of document asks for is not there",
        "Each kind asks for what its readers look for: docs/kinds.md lists it. A draft is reminded of it. A report that does without it says why in report.yaml, under `without`.";

    GLYPH_MISSING = "PDF001", "No font has a character",
        "The fonts shipped with the program lack this character, so it would print as an empty box. Replace it, or put a font that has it in templates/fonts.";
    TYPST = "PDF002", "The PDF could not be set",
        "Typst refused the document. If no template of your own is in use, this is a fault of the program: please report it with the message.";
    FONT_UNKNOWN = "PDF003", "A font is not known",
        "Fonts are shipped with the program or put in templates/fonts.";

    TEMPLATE = "HTM001", "A page template cannot be used",
        "A template in templates/html breaks a rule of Tera. The message names the line.";

    EXCEPTION_UNUSED = "EXC001", "An exception fits nothing",
        "An exception lets one finding pass. When the finding is gone the exception must go too, or it would hide the next one that comes. Delete it.";
    EXCEPTION_FAULTY = "EXC002", "An exception cannot be used",
        "An exception names a rule and gives the reason: <!-- belagg: allow EVI001 quoted from the authority's letter --> on the line before or at the end of the line, or in report.yaml under `exceptions`.";

    VERSION_PUBLISHED = "VER001", "A published version has other content",
        "What is published is never written again. Something that readers see or the record states is not what was published under this number. Give the changed report the next version, say under `changes` what changed and why, and publish that.";
    LEDGER_BROKEN = "VER002", "The ledger of versions is damaged",
        "The records in content/<report>/versions/ form a chain: each names the hash of the one before it, and its own last line is a hash of the rest. A record is missing or was changed by hand. Take the ledger back from version control or from the archive.";
    CHANGE_UNEXPLAINED = "VER003", "A changed figure without a stated reason",
        "A figure or cell, or the label of a figure, row or column, differs from the last published version. Say under `changes` in report.yaml what changed and why, and name the figure, the table or what it is computed from under `concerns`.";
    NOT_PUBLISHABLE = "VER004", "The report cannot be published as it is",
        "A published version is decided on (status published, corrected, revised or withdrawn), has a higher number and no earlier date than the last one, and states what it changes.";
    CHANGE_UNKNOWN = "VER005", "A change concerns something that is not there, or has not changed",
        "`concerns` names ids of figures, tables, rows of tables (visits.norr) and datasets, of this version or of the one before it, that differ between the two.";
    SIGNATURE_WRONG = "VER006", "A signature is wrong",
        "The signature does not belong to the record, to what it lies beside, and to a key that counts here: one named by `key` in belagg.yaml, or by a version that was signed before. Something was changed after it was signed, or another key was used. See docs/threats.md.";
    RESTORED_DIFFERENT = "VER007", "A published version cannot be restored",
        "The files of a published version are missing in output/, and what is built from its packed inputs says something else than the ledger. Put the files back from the archive, or build with the version of the program that the ledger names.";
    OUTPUT_PUBLISHED = "VER008", "A published version lies in output/ and its record is missing",
        "The folder says that it is published, and the ledger in content/<report>/versions/ has no record of it: the record was lost, or belongs to another branch. No build puts anything in its place. Take the record back from version control or from the archive.";
    SIGNATURE_MISSING = "VER009", "A version must be signed",
        "belagg.yaml names a `key`, or a version here is signed: from then on every version is, with that key or one that a signed version names beside it. Publish with `--sign FILE`. A version that is published and not signed was put there without the key. See docs/threats.md.";
    HEAD_DIFFERS = "VER010", "The list of newest versions does not agree with the ledgers",
        "content/ledger.yaml names the newest version of every report and the hash of its record. What it names is missing or is another: a version was removed or put there by something else than `belagg publish`. Take the ledgers and this file back from version control, together. See docs/threats.md.";

    PART_BROKEN = "PRT001", "A part of a build is not whole",
        "`belagg build --partition` and `belagg build --out` write part.json last. Where it is missing the build was stopped, by a fault of a report, a limit of time or the end of a machine; where a file has another hash than it names, the part was changed or carried off in part. Build it again: nothing has to be removed before.";
    PART_MISSING = "PRT002", "A part of a build is missing",
        "`belagg merge` writes nothing unless the parts that it is given hold all reports, and of a split all parts, also those that no report falls to. Build what is missing, or name its folder.";
    PART_TWICE = "PRT003", "Two parts of a build overlap",
        "The same report is in two parts, or the parts are of two splits, such as 1/2 and 1/3. It cannot be told which counts. Name only the parts of one split, each once.";
    PART_STALE = "PRT004", "A part of a build was made of something else",
        "A part counts only with the program and the inputs that it was made with: `belagg merge` looks at all that was read for it, and at the folders in which something new would count. Something has changed since, or the machine that built it had other files. Build the part again, from the same state as the others.";

    PROGRAM_FAILED = "INT001", "The program itself has failed",
        "Something in the report has met a fault of the program. The other reports of the run are finished as if nothing had happened, and the exit code is 4. Please report it with the message; what was written last in the report often shows what to go around until it is mended.";
    OUTPUT_WRITE = "OUT001", "Output cannot be written",
        "The operating system refused to write. Check free space and permissions. What was published before is as it was.";
    OUTPUT_LINK = "OUT002", "A link in output/ leads nowhere",
        "A file in output/ leads to another file that is not there, or to one outside of output/, which is missing where output/ is copied to a website. A link that an author wrote is mended in the chapter or in report.yaml, one of a template or a style sheet in templates/ there; then `belagg build`. A file of a published version that is gone comes back with `belagg build`; a link of a published version stays as it is, and is mended in the next one.";
    OUTPUT_PLACE = "OUT003", "A link in output/ leads to a place that a page does not have",
        "The page is there, and nothing in it has the id that stands behind the `#`. The same is told of attributes that name ids of their own page, such as `for`, `aria-labelledby`, or `headers` of a table's cells: without these ids screen readers say less. Headings, tables, charts and paragraphs have ids; `# Results {#results}` gives a heading one of your choice. Mend the link in the chapter, or the template in templates/ that wrote it, and build again.";
    OUTPUT_LINK_FOLDER = "OUT004", "A link in output/ leads to a folder",
        "A web server answers with the index.html of a folder; whoever opens the page from a disk gets a list of files. Write `index.html` behind the folder. Whole addresses below `site` of belagg.yaml may name folders: they are answered by a server.";
    OUTPUT_DAMAGED = "OUT005", "A file of a published version in output/ is not what was published",
        "A build makes lists, search, pages of units and areas, and `latest/` of what lies in the folders of published versions, and one of these files is not what was published. It is left out until it is whole again: move the version's folder away, and `belagg build` restores it from its packed inputs. `belagg verify` tells of every file that was changed.";
    CACHE_DAMAGED = "OUT006", "Something in the cache is not what was kept there",
        "`belagg build --cache` takes reports from the cache only where every byte has the hash that it was kept under. A file that has not was taken out, and the report was made again, so what was built is right. It happens where a disk fails or a program was ended while it copied the cache; where it happens again, somebody may have put files there.";
    CACHE_CLOSED = "OUT007", "Nothing can be kept in the cache",
        "The folder that `belagg build --cache` names can be read and not written, or has no room left. What lies there is used all the same, and what was built is right; only the next build has nothing of this one. A cache that many read and one run fills is meant to be so.";
}
