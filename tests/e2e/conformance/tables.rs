//! Tables can be read in two directions: each data cell reaches the header of its row and all headers of its column, groups
//! included. veraPDF has passed tables in which only one direction had a way, so the ways are walked here.

use super::grid::{Cell, Grid};
use super::pdf::{Child, Element};
use super::{expect_none, report, reports};

fn of_pdf(report: &super::Report) -> Vec<Grid> {
    report.pdf.root.all("Table").into_iter().map(Grid::of_pdf).collect()
}

fn of_page(report: &super::Report) -> Vec<Grid> {
    report.page.named("table").into_iter().map(Grid::of_page).collect()
}

fn faults(grids: &[Grid]) -> Vec<String> {
    grids
        .iter()
        .flat_map(|grid| grid.faults().into_iter().map(|fault| format!("`{}`: {fault}", grid.caption)))
        .collect()
}

#[test]
fn every_cell_of_every_pdf_reaches_its_headers_in_both_directions() {
    expect_none(|report| faults(&of_pdf(report)));
    let cells: usize = reports().iter().flat_map(of_pdf).map(|grid| grid.data_cells()).sum();
    assert!(cells > 1000, "only {cells} cells were looked at");
}

#[test]
fn every_cell_of_every_page_reaches_its_headers_in_both_directions() {
    expect_none(|report| faults(&of_page(report)));
    let cells: usize = reports().iter().flat_map(of_page).map(|grid| grid.data_cells()).sum();
    assert!(cells > 1000, "only {cells} cells were looked at");
}

/// Whether headers reach over several rows or columns.
fn is_grouped(grid: &Grid) -> bool {
    grid.rows.iter().flatten().any(|cell| cell.header && (cell.columns > 1 || cell.rows > 1))
}

#[test]
fn every_cell_below_groups_names_its_headers_and_others_go_by_scope() {
    // By scope alone browsers disagree about groups.
    expect_none(|report| {
        let grids = of_page(report).into_iter().filter(is_grouped);
        let cells = grids.flat_map(|grid| grid.rows.into_iter().flatten());
        cells.filter(|cell| !cell.header && cell.headers.is_empty()).map(|cell| cell.text).collect()
    });
    // The same is said once.
    expect_none(|report| {
        let grids = of_page(report).into_iter().filter(|grid| !is_grouped(grid));
        let cells = grids.flat_map(|grid| grid.rows.into_iter().flatten());
        cells
            .filter(|cell| !cell.headers.is_empty() || (cell.header && cell.scope.is_none()))
            .map(|cell| cell.text)
            .collect()
    });
    let grouped = reports().iter().flat_map(of_page).filter(is_grouped).count();
    assert!(grouped > 10, "only {grouped} tables have groups");
}

#[test]
fn grouped_headers_are_among_those_that_are_looked_at() {
    for grids in [of_pdf(report("tabeller")), of_page(report("tabeller"))] {
        let grouped = grids.iter().filter(|grid| grid.rows[0].iter().any(|cell| cell.columns > 1)).count();
        assert!(grouped >= 2, "{grouped} tables have groups");
    }
}

fn header(text: &str, id: &str, scope: &str) -> Cell {
    let (id, scope) = (Some(id.to_owned()), (!scope.is_empty()).then(|| scope.to_owned()));
    Cell { header: true, id, scope, columns: 1, rows: 1, text: text.to_owned(), ..Cell::default() }
}

fn data(text: &str, headers: &[&str]) -> Cell {
    let headers = headers.iter().map(|id| (*id).to_owned()).collect();
    Cell { headers, columns: 1, rows: 1, text: text.to_owned(), ..Cell::default() }
}

/// Two columns under a group; found by scope alone.
fn sound() -> Grid {
    let rows = vec![
        vec![Cell { rows: 2, ..header("Unit", "u", "column") }, Cell { columns: 2, ..header("Cases", "g", "column") }],
        vec![header("Women", "w", "column"), header("Men", "m", "column")],
        vec![header("North", "n", "row"), data("1", &[]), data("2", &[])],
    ];
    Grid { caption: String::new(), rows }
}

#[test]
fn tables_with_ways_in_one_direction_only_are_found() {
    assert_eq!(sound().faults(), Vec::<String>::new());
    let broken = |act: fn(&mut Grid)| {
        let mut grid = sound();
        act(&mut grid);
        grid.faults().join("\n")
    };
    // No way to the row, to a column, to a group.
    assert!(broken(|grid| grid.rows[2][0].scope = None).contains("does not reach its header `North`"));
    assert!(broken(|grid| grid.rows[1][0].scope = None).contains("does not reach its header `Women`"));
    assert!(broken(|grid| grid.rows[0][1].scope = None).contains("does not reach its header `Cases`"));
    assert!(broken(|grid| grid.rows[2][1].headers = vec!["n".into()]).contains("does not reach its header `Women`"));
    assert!(broken(|grid| grid.rows[2][1].headers = vec!["w".into(), "n".into()]).contains("`Cases`"));
    // The group is found through the column's own headers.
    let linked = broken(|grid| {
        grid.rows[1][0].headers = vec!["g".into()];
        grid.rows[2][1].headers = vec!["w".into(), "n".into()];
    });
    assert_eq!(linked, "");
    // No header at all, a wrong one, none with this id, two with one id, an empty one, a missing cell.
    assert!(broken(|grid| grid.rows[2][0].header = false).contains("has no header of its row"));
    let wrong = |grid: &mut Grid| grid.rows[2][1].headers = ["w", "g", "n", "m"].map(str::to_owned).to_vec();
    assert!(broken(wrong).contains("reaches `Men`, which is no header of it"));
    assert!(broken(|grid| grid.rows[2][1].headers = vec!["x".into()]).contains("no cell has the id `x`"));
    assert!(broken(|grid| grid.rows[1][1].id = Some("w".into())).contains("two cells have the id `w`"));
    assert!(broken(|grid| grid.rows[1][1].text = String::new()).contains("a header cell is empty"));
    assert!(broken(|grid| drop(grid.rows[2].pop())).contains("not equally wide"));
}

#[test]
fn a_published_table_that_loses_one_way_is_found() {
    let example = report("sysselsattning-2021");
    let tables = example.pdf.root.all("Table");
    let grouped = tables
        .iter()
        .find(|table| table.all("TH").iter().any(|cell| cell.attribute("ColSpan").is_some_and(|span| span != "1")));
    let table: &Element = grouped.expect("a table with groups");
    let ways = table.all("TD")[0].attributes["Headers"].len();
    assert!(ways >= 2);
    for lost in 0..ways {
        let mut table = table.clone();
        let cell = first_data_cell(&mut table).expect("a data cell");
        cell.attributes.get_mut("Headers").expect("headers").remove(lost);
        assert!(!Grid::of_pdf(&table).faults().is_empty(), "header {lost} is lost and nobody misses it");
    }
}

fn first_data_cell(element: &mut Element) -> Option<&mut Element> {
    if element.kind == "TD" {
        return Some(element);
    }
    element.children.iter_mut().find_map(|child| match child {
        Child::Element(inner) => first_data_cell(inner),
        _ => None,
    })
}
