//! What a word does in a statement about numbers.

/// Declares the tags: each with what it says of a word, and the name of its list.
macro_rules! tags {
    ($($(#[doc = $doc:literal])* $tag:ident = $name:literal,)+) => {
        /// What a word does in a statement about numbers.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub enum Tag { $($(#[doc = $doc])* $tag,)+ }

        impl Tag {
            pub const ALL: &[Self] = &[$(Self::$tag,)+];

            /// The name of its list, and of itself in patterns.
            #[must_use]
            pub fn name(self) -> &'static str {
                match self { $(Self::$tag => $name,)+ }
            }
        }
    };
}

tags! {
    /// Joins statements: "och", "but".
    Joint = "joint",
    /// "respektive"
    Respectively = "respectively",
    /// Stands before a whole: "av", "among".
    Of = "of",
    /// Takes up what was named: "dem", "these".
    Them = "them",
    /// Takes up a whole and its preposition: "varav", "of whom".
    OfWhich = "of-which",
    /// "av dessa", which may stand before the number of a whole.
    OfThese = "of-these",
    /// Determines what follows: "de", "the", "granskade".
    Determiner = "determiner",
    /// "inklusive"
    Including = "including",
    /// "utom", "except"
    Except = "except",
    /// "alla", "every"
    All = "all",
    /// "resten", "the remaining"
    Rest = "rest",
    /// Says the same again: "det vill säga", "that is".
    Equals = "equals",
    /// "svarsfrekvens"
    ResponseRate = "response-rate",
    /// "bortfall"
    NonResponse = "non-response",
    /// "vakansgrad"
    Vacancy = "vacancy",
    /// Gave an answer.
    Responded = "responded",
    /// Were asked or sent something.
    Asked = "asked",
    /// "totalt", "in all"
    Total = "total",
    /// Stands before what was asked: "på frågan", "asked about".
    Question = "question",
    /// Stands before a list of what was announced: "nämligen", "namely".
    Namely = "namely",
    /// Says that one answer excludes the others: "endast ett av fyra alternativ".
    Single = "single",
    /// Gives an answer or a view: "svarade", "said".
    Opines = "opines",
    /// An answer that refuses: "nej", "dåligt", "not".
    Refuses = "refuses",
    /// Verbs and nouns of growth: "ökade", "rise", "up".
    Grew = "grew",
    /// Verbs and nouns of decline.
    Shrank = "shrank",
    /// For the better, which way the measure decides: "förbättring", "better".
    Better = "better",
    /// For the worse.
    Worse = "worse",
    /// Measures that are better the higher they are: "nöjdhet", "score".
    BetterHigh = "better-high",
    /// Measures that are better the lower they are: "väntetid", "absence".
    BetterLow = "better-low",
    /// "oförändrat", "the same as"
    Unchanged = "unchanged",
    /// Exactly as much: "samma antal", "the same as".
    Same = "same",
    /// Tells that something is only nearly so: "i stort sett", "broadly".
    Broadly = "broadly",
    /// "underskott", "overspend"
    Deviation = "deviation",
    /// What is left: "överskott", "underspend".
    Surplus = "surplus",
    Deficit = "deficit",
    /// "resultat", whichever sign it has.
    Result = "result",
    Cost = "cost",
    Income = "income",
    Assets = "assets",
    Debts = "debts",
    /// "eget kapital", "net assets"
    Equity = "equity",
    /// Takes up what was counted: "motsvarande siffra", "the figure".
    Figure = "figure",
    /// "året därpå", "the following year"
    Afterwards = "afterwards",
    /// "skillnad", "difference"
    Difference = "difference",
    /// "från"
    From = "from",
    /// "till"
    To = "to",
    /// Stands before how much: "med", "by".
    By = "by",
    /// Stands before what is compared with: "jämfört med", "against".
    Compared = "compared",
    /// "året innan", "the previous year"
    Earlier = "earlier",
    /// "i år", "this year"
    Now = "now",
    /// "fler", "higher"
    More = "more",
    /// "färre", "lower"
    Fewer = "fewer",
    /// "fler än" as one phrase.
    MoreThan = "more-than",
    FewerThan = "fewer-than",
    /// "än", "than"
    Than = "than",
    /// Stands between a factor and what is compared: "så många", "as likely".
    SoMany = "so-many",
    /// "lika många", "as many as"
    AsMany = "as-many",
    /// "flest", "the largest"
    Most = "most",
    /// "lägst", "fewest"
    Least = "least",
    /// "plats", "place" in an order
    Placed = "placed",
    Outnumber = "outnumber",
    /// "näst", "second": puts in order what stands behind it.
    Second = "second",
    Third = "third",
    Fourth = "fourth",
    /// "i fallande ordning"
    Descending = "descending",
    Ascending = "ascending",
    /// Ends a span of time: "fram till", "until".
    Until = "until",
    /// "ytterligare", "another"
    Further = "further",
    /// Stands before how far a target was passed: "med", "by".
    HowMuch = "how-much",
    /// Stands before what is below nought.
    Minus = "minus",
    /// "beloppet", "amount": speaks of money.
    Amount = "amount",
    /// Stands before how long something lasts: "under", "over".
    During = "during",
    /// "följt av", "then"
    Next = "next",
    /// Came to a stock: "tillkom", "received".
    Came = "came",
    /// Went from it: "avslutades", "closed".
    Left = "left",
    /// A stock as it was: "vid årets början", "brought forward".
    Opening = "opening",
    /// A stock as it is left: "vid årets slut", "carried forward".
    Closing = "closing",
    /// Is left over, or not filled: "leaving", "vakanta".
    Remains = "remains",
    /// Says what came of it: "inbringade", "cost", "worth".
    Yields = "yields",
    /// "a rise of 6% on 4,226"
    Upon = "upon",
    /// "fördubblades", "doubled"
    Doubled = "doubled",
    Tripled = "tripled",
    Quadrupled = "quadrupled",
    Halved = "halved",
    /// Comes after the first in a rank: "följt av", "followed by".
    Followed = "followed",
    /// "sedan 2015"
    Since = "since",
    /// "i genomsnitt"
    Average = "average",
    /// Of more than what is told: "rikets genomsnitt".
    Wider = "wider",
    /// "median"
    Median = "median",
    /// "per", "each"
    Per = "per",
    /// "årlig", "annual"
    Yearly = "yearly",
    /// One after another: "i rad", "running".
    Running = "running",
    /// Years, which are ages as well: "år".
    Years = "years",
    /// "efter", "behind"
    Behind = "behind",
    /// "före", "ahead of"
    Ahead = "ahead",
    /// "efter", "after"
    After = "after",
    /// Says that something went on: "pågick", "lasted".
    Lasts = "lasts",
    /// Names a stretch of time: "en period på".
    Stretch = "stretch",
    /// Points to what was said: "dessa", "those".
    Pointing = "pointing",
    /// Behind a span of time: so much after the date before, "senare".
    Later = "later",
    /// So much before it: "tidigare".
    Sooner = "sooner",
    /// After it was due: "för sent", "overdue".
    Late = "late",
    /// Stands before what came after: "innan", "prior to".
    Prior = "prior",
    /// Behind an age: "gammal".
    Old = "old",
    /// Says that something was made: "byggdes", "completed".
    Made = "made",
    /// When it was due or sooner: "i tid".
    InTime = "in-time",
    /// Before it was due: "i förtid", "ahead of schedule".
    Early = "early",
    /// Stands before the day when something is due: "senast".
    Deadline = "deadline",
    Minute = "minute",
    /// "en kvart"
    QuarterHour = "quarter-hour",
    Hour = "hour",
    /// Stands before an hour of the clock: "klockan".
    Clock = "clock",
    /// "75-årsjubileum"
    Anniversary = "anniversary",
    /// Stands before a span of time for each of which something is counted: "om året", "a day".
    Each = "each",
    /// "mellan", "between"
    Between = "between",
    /// Answers or marks have a highest and a lowest: "femgradig skala".
    Scale = "scale",
    /// Counts what is done again: "gånger", "times".
    Times = "times",
    /// "dels", "partly": each begins a part of a reason.
    Partly = "partly",
    /// Spans of time that a year holds so many of.
    Day = "day",
    Week = "week",
    Month = "month",
    Quarter = "quarter",
    Year = "year",
    /// Says that the parts of a year are summed: "helåret".
    WholeYear = "whole-year",
    /// Spans of time: "år", "months".
    Time = "time",
    /// All who live somewhere, and "person" for any of them.
    Inhabitants = "inhabitants",
    Women = "women",
    /// "i majoritet", "most of them"
    Majority = "majority",
    Men = "men",
    /// "mål", "target", "budget"
    Target = "target",
    /// A target that is not to be passed: "budget", "limit".
    Ceiling = "ceiling",
    /// What is to be kept: "tiden", "the standard".
    Limit = "limit",
    /// "nåddes", "met"
    Reached = "reached",
    /// Went beyond: "överträffades", "exceeded".
    Exceeded = "exceeded",
    /// "missades"
    Missed = "missed",
    /// Stands before a limit: "inom", "within".
    Inside = "inside",
    /// "inte", "without"
    Negation = "negation",
    /// Lacks or is lacking: "saknas", "missing".
    Lacks = "lacks",
    /// Planned, wished or owed, and not done: "ska", "planned".
    Planned = "planned",
    /// Has been done: "genomfördes", "were held".
    Done = "done",
    /// "är", "were", "made up"
    Is = "is",
    /// "dubbelt", "twice"
    Double = "double",
    /// "hälften så", "half as"
    HalfAs = "half-as",
    /// Says that one may be counted more than once: "flera svar var möjliga", "may overlap".
    Overlap = "overlap",
    /// "även", "both": what is said of one may hold of another as well.
    Also = "also",
    /// Says where someone is: "bor", "live".
    Located = "located",
    /// Adjectives by their endings: "kommunala", "residential" name sorts of what was counted.
    Sort = "sort",
    /// Takes up a statement: "det", "this".
    This = "this",
    /// Begins a clause that says which: "som", "who".
    Relative = "relative",
    /// The words that are also an article: "en", "one".
    One = "one",
    /// "nästan alla"
    NearlyAll = "nearly-all",
    /// "minoritet"
    Minority = "minority",
    /// "ingen", "none"
    Nobody = "nobody",
    /// "most", where what is counted follows.
    MostOf = "most-of",
    /// Behind "most" they make a superlative: "the most important".
    Superlative = "superlative",
    /// "var" in "var tredje"
    EachOf = "each-of",
    /// "alla utom", "all but"
    AllBut = "all-but",
    /// "undantag", "exceptions"
    Exception = "exception",
    /// Behind a number that is lacking of all: "alla på tre när".
    ShortOf = "short-of",
    /// Takes up a quantity: "vad det var".
    What = "what",
    /// Words that a part, "av" and its whole do not go over: "som", "för".
    Link = "link",
    /// Ends a statement of one share or begins another: "medan", "tidigare", "ökning".
    Break = "break",
    /// "granskade", "surveyed", and the genitive "länets": may stand before the number of a whole.
    Participle = "participle",
    /// "one in ten"
    OutOf = "out-of",
    /// Says that the parts named are all parts: "fördelar sig på", "made up of".
    Divides = "divides",
    /// What one has, several can have at once: "har", "had".
    Having = "having",
    /// Says that something holds of single questions: "internt".
    Partial = "partial",
    /// Stands before a place or group: "i", "for".
    Within = "within",
    /// Says what share a group is: "utgör", "account for".
    MakesUp = "makes-up",
    /// Words that count whatever was named: "fall", "stycken".
    Generic = "generic",
    /// A kind that is neither of two, or is not known: "annat", "unknown".
    Neither = "neither",
    /// "andelen", "the share": speaks of percentages.
    Share = "share",
    /// "antalet", "number": speaks of counts.
    Number = "number",
    /// What is so as a rule: "normalt", "long-term average".
    Usual = "usual",
    /// The year that an index counts from: "basåret".
    BaseYear = "base-year",
    /// What is done half the time, and counts half: "halvtid".
    HalfTime = "half-time",
    /// Counts work by full-time posts: "årsarbetskrafter".
    FullTime = "full-time",
    /// A share that its name says the two numbers of: "soliditet", "occupancy rate".
    Quota = "quota",
    /// Stayed below: "understiger", "falls below".
    Undershot = "undershot",
    /// Said of each of two or more: "båda", "neither".
    EachGroup = "each-group",
    /// "moms", "VAT"
    Vat = "vat",
    /// Shall be so: "får", "must", "aims to".
    Required = "required",
    /// A change taken up again: "ökningen", "increase".
    Change = "change",
    /// Units of weight, length and area.
    Tonne = "tonne",
    Kilogram = "kilogram",
    Kilometre = "kilometre",
    Metre = "metre",
    Hectare = "hectare",
    SquareMetre = "square-metre",
    SquareKilometre = "square-kilometre",
    /// Takes less time than before: "sparar".
    Saves = "saves",
    /// A half of a list, which no number says: "halvan".
    Half = "half",
    /// The better and the worse end of a list: "övre", "bottom".
    Upper = "upper",
    Lower = "lower",
    /// "röster", "voted"
    Votes = "votes",
    /// What was voted on became so: "antogs"; or did not: "avslogs".
    Carried = "carried",
    Rejected = "rejected",
    InFavour = "in-favour",
    Against = "against",
    /// How much a sample may err: "felmarginal", "plus or minus".
    Margin = "margin",
    /// "konfidensintervall"
    Interval = "interval",
    /// How sure an interval is: "95 procents säkerhet".
    Confidence = "confidence",
    /// The first of two that were named, and the second.
    Former = "former",
    Latter = "latter",
    /// "alone": of one span among several.
    Alone = "alone",
    /// "km/h"
    Speed = "speed",
    /// A little more: "drygt".
    HedgeAbove = "hedge-above",
    /// A little less: "knappt".
    HedgeBelow = "hedge-below",
    /// "mer än"
    HedgeMore = "hedge-more",
    /// "mindre än"
    HedgeLess = "hedge-less",
    /// "minst"
    HedgeAtLeast = "hedge-at-least",
    /// "högst"
    HedgeAtMost = "hedge-at-most",
    /// "omkring"
    HedgeAbout = "hedge-about",
}

/// Words that make a number a rough one or a bound.
pub const HEDGES: &[Tag] = &[
    Tag::HedgeAbove,
    Tag::HedgeBelow,
    Tag::HedgeMore,
    Tag::HedgeLess,
    Tag::HedgeAtLeast,
    Tag::HedgeAtMost,
    Tag::HedgeAbout,
];
