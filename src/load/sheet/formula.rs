//! What a formula says of its cell: whether it is computed from the cells above it, as a total is.

/// Functions that make one number of many.
const AGGREGATES: &[&str] = &[
    "SUM",
    "SUBTOTAL",
    "AGGREGATE",
    "AVERAGE",
    "AVERAGEA",
    "MEDIAN",
    "COUNT",
    "COUNTA",
    "COUNTIF",
    "SUMIF",
    "MAX",
    "MIN",
    "STDEV",
    "STDEV.S",
    "STDEV.P",
];

/// Whether a formula is a total of a column: `SUM(C2:C20)`, `of:=AVERAGE([.C2:.C20])`. A sum along a row is a case's own.
pub fn is_aggregate(formula: &str) -> bool {
    let formula = formula.trim();
    let formula = formula.strip_prefix("of:").or_else(|| formula.strip_prefix("oooc:")).unwrap_or(formula);
    let formula = formula.strip_prefix('=').unwrap_or(formula).trim_start();
    let Some((name, arguments)) = formula.split_once('(') else { return false };
    let name = name.trim().trim_start_matches("_xlfn.").to_uppercase();
    AGGREGATES.contains(&name.as_str()) && arguments.split([',', ';', '(', ')', '+']).any(is_column_range)
}

/// `C2:C20`, `$C$2:$C$20`, `[.C2:.C20]`, `C:C`: one column, several rows.
fn is_column_range(text: &str) -> bool {
    let plain: String = text.chars().filter(|c| !matches!(c, '$' | '[' | ']' | ' ')).collect();
    // The name of a sheet stands before an exclamation mark, in ODS before the point.
    let end = |part: &str| {
        let cell = part.rsplit(['!', '.']).next().unwrap_or(part).to_uppercase();
        let at = cell.find(|c: char| !c.is_ascii_uppercase()).unwrap_or(cell.len());
        let (letters, digits) = cell.split_at(at);
        let valid = !letters.is_empty() && letters.len() <= 3 && digits.bytes().all(|byte| byte.is_ascii_digit());
        valid.then(|| (letters.to_owned(), digits.to_owned()))
    };
    let Some((first, last)) = plain.split_once(':') else { return false };
    match (end(first), end(last)) {
        (Some((from, above)), Some((to, below))) => from == to && (above.is_empty() || above != below),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn totals_go_down_a_column() {
        for formula in [
            "SUM(C2:C20)",
            "=SUM($C$2:$C$20)",
            "SUBTOTAL(109,Tabell1!C2:C20)",
            "of:=SUM([.C2:.C20])",
            "of:=AVERAGE([$Blad1.C2:.C20])",
            "SUM(C:C)",
            "_xlfn.AGGREGATE(9,5,C2:C20)",
            "sum( c2:c20 )",
        ] {
            assert!(is_aggregate(formula), "{formula}");
        }
        for formula in
            ["SUM(C2:E2)", "C2+D2", "SUM(C2,D2)", "IF(C2>1,1,0)", "", "SUM", "VLOOKUP(A2,X2:Y20,2)", "of:=[.C2]*2"]
        {
            assert!(!is_aggregate(formula), "{formula}");
        }
    }
}
