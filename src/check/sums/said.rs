//! Words that say how parts and wholes hang together.

/// Say that the parts named are all parts.
pub const DIVIDES: &[&str] = &[
    "fördelar sig",
    "fördelade sig",
    "fördelas",
    "fördelades",
    "fördelat",
    "fördelade",
    "delas upp",
    "uppdelade",
    "delas in",
    "delades in",
    "indelade",
    "består av",
    "bestod av",
    "utgörs av",
    "utgjordes av",
    "divided",
    "distributed",
    "split",
    "broken down",
    "made up of",
    "consist of",
    "consists of",
    "consisted of",
    "comprise",
    "comprised",
];
pub const ALL: &[&str] = &["samtliga", "alla", "all", "totalt", "sammanlagt", "total"];
pub const TOTAL: &[&str] =
    &["totalt", "sammanlagt", "tillsammans", "in all", "in total", "altogether", "a total of", "summa", "together"];
/// Say that not all parts are named.
pub const PARTLY: &[&str] = &[
    "varav",
    "bland annat",
    "främst",
    "till exempel",
    "exempelvis",
    "framför allt",
    "inklusive",
    "of which",
    "including",
    "mainly",
    "for example",
    "such as",
    "among them",
    "däribland",
];
/// May overlap, because one can have several of them.
pub const HAVING: &[&str] = &[
    "har", "hade", "have", "had", "has", "finns", "fanns", "saknar", "saknade", "lack", "lacked", "får", "fick", "with",
];
