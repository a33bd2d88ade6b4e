use std::collections::BTreeSet;

use proptest::strategy::Strategy;

use super::attack::chain;
use super::choose::{Impossible, Limits, choose};
use super::network::{Cell, Exposure, Kind, Need, Network, Relation};
use super::witness::{Fault, verify};

/// A table with its totals: `rows` of inner cells; a cell below five that is not nought has to keep three values, noughts are shown.
fn table(rows: &[&[i64]]) -> Network {
    let mut whole: Vec<Vec<i64>> =
        rows.iter().map(|row| row.iter().copied().chain([row.iter().sum()]).collect()).collect();
    whole.push((0..whole[0].len()).map(|at| whole.iter().map(|row| row[at]).sum()).collect());
    let (height, width) = (whole.len(), whole[0].len());
    let cells = whole.iter().flatten().map(|value| counted(*value)).collect();
    let mut relations: Vec<Relation> = (0..height)
        .map(|row| Relation::sum(row * width + width - 1, (0..width - 1).map(|column| row * width + column)))
        .collect();
    relations.extend(
        (0..width).map(|column| {
            Relation::sum((height - 1) * width + column, (0..height - 1).map(|row| row * width + column))
        }),
    );
    Network { cells, relations }
}

fn counted(value: i64) -> Cell {
    let mut cell = Cell::count(value, 1);
    if value == 0 {
        cell.exposure = Exposure::Fixed;
    } else {
        cell.lower = 1;
    }
    if (1..5).contains(&value) {
        cell.need = Need::Values(3);
    }
    cell
}

fn set(cells: impl IntoIterator<Item = usize>) -> BTreeSet<usize> {
    cells.into_iter().collect()
}

#[test]
fn one_small_cell_of_a_table_takes_three_others_with_it() {
    let network = table(&[&[12, 3, 20], &[9, 15, 30], &[25, 14, 8]]);
    let choice = choose(&network, &Limits::default()).unwrap();
    verify(&network, &choice.hidden, &choice.worlds).unwrap();
    assert_eq!((choice.hidden.len(), choice.cost, choice.bound), (4, 3, 3));
    assert!(choice.hidden.contains(&1));
    assert!(choice.protects.values().all(|sensitive| *sensitive == 1) && choice.protects.len() == 3);
}

#[test]
fn two_ones_in_a_row_of_shown_noughts_are_not_enough() {
    // 16 = 11 + 3 + 1 + 1: as nobody counts to nought, both are one.
    let mut cells: Vec<Cell> = [16, 11, 3, 1, 1].into_iter().map(counted).collect();
    cells[2].need = Need::None;
    let network = Network { cells, relations: vec![Relation::sum(0, 1..5)] };
    let found = chain(&network, &set([3, 4]), 3).unwrap();
    assert!(found.is_exact());
    let above = found.above.unwrap();
    assert_eq!((above.shown.len(), above.bounded.as_slice()), (3, &[(4, above.multiple, 1)][..]));
    let choice = choose(&network, &Limits::default()).unwrap();
    verify(&network, &choice.hidden, &choice.worlds).unwrap();
    assert_eq!((choice.hidden.len(), choice.cost, choice.bound), (3, 1, 1));
}

#[test]
fn a_hidden_cell_follows_by_one_relation_or_by_several() {
    let network = table(&[&[12, 3, 20], &[9, 15, 30], &[25, 14, 8]]);
    // x = 35 - 12 - 20
    let found = chain(&network, &set([1]), 1).unwrap();
    let below = found.below.as_ref().unwrap();
    assert!(found.is_exact() && found.low == Some(3) && below.relations.len() == 1 && below.kind == Kind::Equal);
    let shown: i64 = below.shown.iter().map(|(cell, by)| network.cells[*cell].value * by).sum();
    assert_eq!(below.multiple * 3 + shown, below.constant);
    // y = 58 - 30 - 8, then x = 35 - 12 - y.
    let found = chain(&network, &set([1, 2, 5]), 1).unwrap();
    assert!(found.is_exact() && found.below.as_ref().unwrap().relations.len() == 2);
    assert_eq!(found.below, found.above);
    // The total of a column is hidden in vain, the six others are not.
    let hidden = set([1, 2, 3, 5, 6, 7, 13]);
    assert!(chain(&network, &hidden, 13).unwrap().is_exact());
    assert_eq!(chain(&network, &hidden, 3), None);
    assert_eq!(chain(&network, &set([1, 2, 5, 6]), 1), None);
    assert_eq!(chain(&network, &set([1, 2, 5, 6]), 0), None, "a cell that is shown follows from nothing");
}

#[test]
fn what_cannot_be_hidden_is_told() {
    let mut network = table(&[&[12, 3, 20], &[9, 15, 30], &[25, 14, 8]]);
    for at in [0, 2, 3] {
        network.cells[at].exposure = Exposure::Fixed;
    }
    assert_eq!(choose(&network, &Limits::default()), Err(Impossible::Unprotected { cell: 1 }));
    network.cells[0].value = 13;
    assert_eq!(choose(&network, &Limits::default()), Err(Impossible::Untrue { relation: 0 }));
}

#[test]
fn the_proof_is_refused_where_anything_is_wrong_with_it() {
    let network = table(&[&[12, 3, 20], &[9, 15, 30], &[25, 14, 8]]);
    let hidden = set([0, 1, 4, 5]);
    let truth = network.values();
    let world = |by: i64| {
        let mut world = truth.clone();
        for (cell, sign) in [(0, 1), (1, -1), (4, -1), (5, 1)] {
            world[cell] += sign * by;
        }
        world
    };
    assert_eq!(verify(&network, &hidden, &[world(1), world(-1)]), Ok(()));
    let few = Fault::TooFew { cell: 1, values: 2, needed: 3 };
    assert_eq!(verify(&network, &hidden, &[world(1)]), Err(few.clone()));
    assert_eq!(verify(&network, &hidden, &[world(1), world(1), truth.clone()]), Err(few));
    assert_eq!(verify(&network, &hidden, &[world(3)]), Err(Fault::Beyond { world: 0, cell: 1 }));
    assert_eq!(verify(&network, &set([0, 1, 4]), &[world(1)]), Err(Fault::ShownDiffers { world: 0, cell: 5 }));
    assert_eq!(verify(&network, &set([0, 4, 5]), &[]), Err(Fault::Printed { cell: 1 }));
    let mut wrong = world(1);
    wrong[0] += 1;
    assert_eq!(verify(&network, &hidden, &[wrong]), Err(Fault::Contradicts { world: 0, relation: 0 }));
    assert_eq!(verify(&network, &hidden, &[truth[1..].to_vec()]), Err(Fault::WrongLength { world: 0 }));
    assert_eq!(verify(&network, &set([0, 1, 4, 5, 99]), &[]), Err(Fault::NotToBeHidden { cell: 99 }));
    let mut large = network.clone();
    large.cells[0].value = i64::MAX;
    assert_eq!(verify(&large, &hidden, &[]), Err(Fault::Untrue { relation: 0 }));
}

fn chosen(network: &Network) -> super::choose::Choice {
    let choice = choose(network, &Limits::default()).unwrap();
    verify(network, &choice.hidden, &choice.worlds).unwrap();
    assert!(choice.bound <= choice.cost);
    choice
}

#[test]
fn tables_that_share_totals_are_protected_together() {
    // Two tables by region: a and b make up t, and so do c and d; regions are summed in the first.
    let values = [3, 2, 5, 4, 26, 30, 7, 28, 35, 1, 4, 12, 18];
    let cells = values.into_iter().map(counted).collect::<Vec<_>>();
    let mut network = Network {
        cells,
        relations: vec![
            Relation::sum(2, [0, 1]),
            Relation::sum(5, [3, 4]),
            Relation::sum(8, [6, 7]),
            Relation::sum(6, [0, 3]),
            Relation::sum(7, [1, 4]),
            Relation::sum(8, [2, 5]),
            Relation::sum(2, [9, 10]),
            Relation::sum(5, [11, 12]),
        ],
    };
    let choice = chosen(&network);
    assert_eq!((choice.cost, choice.bound, choice.hidden), (1, 1, set([0, 1, 3, 4, 9, 10])));
    assert_eq!(choice.protects.keys().collect::<Vec<_>>(), [&4]);
    // What may not be hidden is gone round: by the totals of its row and column, by another total, and by a part of the first in the other table.
    network.cells[4].exposure = Exposure::Fixed;
    let choice = chosen(&network);
    assert_eq!((choice.cost, choice.bound), (4, 4));
}

#[test]
fn suppressions_that_are_given_are_made_up_for() {
    // Eight cells of two columns protect each other, a ninth stands alone in its column.
    let mut network = table(&[&[20, 30, 40, 50], &[21, 31, 41, 51], &[22, 32, 42, 52], &[23, 33, 43, 53]]);
    let given = [0, 1, 5, 6, 10, 11, 15, 16, 3];
    given.into_iter().for_each(|at| network.cells[at].need = Need::Values(2));
    assert!(chain(&network, &set(given), 3).unwrap().is_exact());
    let choice = chosen(&network);
    assert_eq!((choice.cost, choice.bound, choice.hidden.len()), (1, 1, 10));
    assert_eq!(choice.protects.values().collect::<Vec<_>>(), [&3]);
}

#[test]
fn amounts_keep_their_distance_both_ways() {
    let mut network =
        table(&[&[120_000_000_000, 930_000_000, 20_000_000_000], &[90_000_000_000, 15_000_000, 2_500_000_000]]);
    network.cells[1].need = Need::Range { down: 93_000_000, up: 93_000_000 };
    let choice = chosen(&network);
    // The cell below has not so much to give: the total of the column is hidden with it or in its place.
    assert!(choice.hidden.len() > 4 || !choice.hidden.contains(&5), "{:?}", choice.hidden);
    network.cells[1].need = Need::Range { down: 2_000_000_000, up: 0 };
    assert_eq!(choose(&network, &Limits::default()), Err(Impossible::Unprotected { cell: 1 }));
}

#[test]
fn a_percentage_that_gives_a_count_away_is_seen() {
    // x of 40, printed as 8 %: between 7.5 and 8.5 %, so 3 of them and no other.
    let percent = |upper: bool| {
        let (kind, bound) = if upper { (Kind::AtMost, 85 * 40) } else { (Kind::AtLeast, 75 * 40) };
        Relation::new([(1, 1000)], kind, bound)
    };
    let mut network = Network {
        cells: [40, 3, 37].map(counted).to_vec(),
        relations: vec![Relation::sum(0, [1, 2]), percent(true), percent(false)],
    };
    network.cells[0].exposure = Exposure::Fixed;
    let found = chain(&network, &set([1, 2]), 1).unwrap();
    assert!(found.is_exact() && found.below.as_ref().is_some_and(|below| below.relations == [(2, 1)]));
    assert_eq!(found.above.unwrap().kind, Kind::AtMost);
    assert_eq!(choose(&network, &Limits::default()), Err(Impossible::Unprotected { cell: 1 }));
    // To the nearest ten per cent it says less.
    network.relations[1].constant = 150 * 40;
    network.relations[2].constant = 50 * 40;
    assert_eq!(chosen(&network).hidden, set([1, 2]));
}

#[test]
fn what_is_printed_nowhere_is_guarded_by_what_is() {
    // Rows of cases by sex and place: only the sums are printed, but their difference would give the women of the second place away.
    let unpublished = |value: i64| Cell { exposure: Exposure::Unpublished, ..Cell::count(value, 0) };
    let mut cells: Vec<Cell> = [7, 6, 2, 9].into_iter().map(unpublished).collect();
    cells.extend([9, 7, 24].into_iter().map(|value| Cell::count(value, value.unsigned_abs())));
    cells[2].need = Need::Values(3);
    let relations = vec![Relation::sum(4, [0, 2]), Relation::sum(5, [0]), Relation::sum(6, 0..4)];
    let network = Network { cells, relations };
    assert_eq!(chain(&network, &set([]), 2).map(|found| found.is_exact()), Some(true));
    assert_eq!(chain(&network, &set([]), 0), None, "what points at nobody may follow");
    let choice = chosen(&network);
    assert_eq!((choice.hidden, choice.cost, choice.bound), (set([2, 5]), 7, 7));
}

#[test]
fn a_large_table_has_a_bound_near_its_cost() {
    // 24 rows of 24 numbers, one in 31 small: 625 cells with the totals.
    let value = |at: i64| if at % 31 == 3 { 1 + at % 4 } else { 5 + at * 37 % 60 };
    let values: Vec<i64> = (0..24 * 24).map(value).collect();
    let network = table(&values.chunks(24).collect::<Vec<_>>());
    let choice = chosen(&network);
    assert!(choice.bound > 0 && choice.cost * 10 <= choice.bound * 11, "{} of {}", choice.bound, choice.cost);
    assert_eq!(chosen(&network), choice);
    // One number alone takes three others, and that is known to be the least.
    let values: Vec<i64> = (0..24 * 24).map(|at| if at == 100 { 3 } else { 5 + at * 37 % 60 }).collect();
    let mut choice = chosen(&table(&values.chunks(24).collect::<Vec<_>>()));
    assert_eq!((choice.cost, choice.bound, choice.dearer()), (3, 3, Some(0)));
    (choice.cost, choice.bound) = (43, 40);
    assert_eq!(choice.dearer(), Some(8));
    choice.bound = 0;
    assert_eq!(choice.dearer(), None);
}

/// All worlds of a small network, each with the cells in which it differs.
fn worlds(network: &Network) -> Vec<(u32, Vec<i64>)> {
    let mut worlds = vec![Vec::new()];
    for cell in &network.cells {
        let range = cell.lower..=cell.upper.unwrap();
        let longer = |world: &Vec<i64>| {
            range.clone().map(|value| world.iter().copied().chain([value]).collect()).collect::<Vec<_>>()
        };
        worlds = worlds.iter().flat_map(longer).collect();
        // Sums are the last of their relations, so that worlds do not become many.
        let known = worlds[0].len();
        let sums = network.relations.iter().filter(|sum| sum.terms.iter().all(|(cell, _)| *cell < known));
        let sums: Vec<_> = sums.collect();
        worlds.retain(|world| {
            sums.iter().all(|sum| sum.terms.iter().map(|(cell, by)| by * world[*cell]).sum::<i64>() == sum.constant)
        });
    }
    let differs = |world: &Vec<i64>| {
        let differing = network.cells.iter().zip(world).enumerate().filter(|(_, (cell, value))| cell.value != **value);
        differing.map(|(at, _)| 1 << at).sum()
    };
    worlds.into_iter().map(|world| (differs(&world), world)).collect()
}

/// The values that a cell can have when these are hidden.
fn possible(worlds: &[(u32, Vec<i64>)], hidden: u32, cell: usize) -> BTreeSet<i64> {
    worlds.iter().filter(|(differs, _)| differs & !hidden == 0).map(|(_, world)| world[cell]).collect()
}

fn small(values: &[i64], last: i64) -> Network {
    let mut network = table(&[&[values[0], values[1]], &[values[2], values[3]]]);
    // Nine cells; each may be off by three at most.
    network.cells.iter_mut().for_each(|cell| cell.upper = Some(cell.value + 3));
    network.cells.iter_mut().zip([3, 1, 2, 2, 1, 2, 4, 3, last.unsigned_abs()]).for_each(|(cell, cost)| {
        if cell.exposure != Exposure::Fixed {
            cell.exposure = Exposure::Open { cost };
        }
    });
    network
}

proptest::proptest! {
    #![proptest_config(proptest::prelude::ProptestConfig { cases: 48, failure_persistence: None, ..Default::default() })]

    #[test]
    fn no_choice_is_cheaper_than_the_cheapest_of_all(values in proptest::collection::vec(0i64..9, 4), last in 1i64..9) {
        let network = small(&values, last);
        let worlds = worlds(&network);
        let sensitive: u32 = (0..9).filter(|at| network.cells[*at].is_sensitive()).map(|at| 1 << at).sum();
        let cost = |hidden: u32| -> Option<u64> {
            let cost = |at: usize| match network.cells[at].exposure {
                Exposure::Open { .. } if network.cells[at].is_sensitive() => Some(0),
                Exposure::Open { cost } => Some(cost),
                _ => None,
            };
            (0..9).filter(|at| hidden >> at & 1 == 1).map(cost).sum()
        };
        let protects = |hidden: &u32| {
            (0..9).filter(|at| sensitive >> at & 1 == 1).all(|at| possible(&worlds, *hidden, at).len() >= 3)
        };
        let all = (0..1u32 << 9).filter(|hidden| hidden & sensitive == sensitive);
        let cheapest = all.filter_map(|hidden| Some((cost(hidden)?, hidden))).filter(|(_, hidden)| protects(hidden)).min();
        match choose(&network, &Limits::default()) {
            Ok(choice) => {
                proptest::prop_assert_eq!(verify(&network, &choice.hidden, &choice.worlds), Ok(()));
                proptest::prop_assert_eq!(Some(choice.cost), cheapest.map(|(cost, _)| cost));
                proptest::prop_assert_eq!(choice.bound, choice.cost);
                // As if the table were a large one.
                let large = choose(&network, &Limits { columns: 0, ..Limits::default() }).unwrap();
                proptest::prop_assert_eq!(verify(&network, &large.hidden, &large.worlds), Ok(()));
                proptest::prop_assert!(large.bound <= choice.cost && choice.cost <= large.cost, "{:?} {:?}", large, choice);
            }
            Err(impossible) => {
                proptest::prop_assert_eq!(cheapest, None, "{:?}", impossible);
            }
        }
    }

    #[test]
    fn an_attack_tells_what_is_possible_and_no_more(values in proptest::collection::vec(0i64..9, 4), hidden in 0u32..512) {
        let network = small(&values, 1);
        let open = |at: &usize| network.cells[*at].is_open();
        let hidden = set((0..9).filter(|at| hidden >> at & 1 == 1).filter(open));
        let mask = hidden.iter().map(|at| 1 << at).sum();
        let worlds = worlds(&network);
        for &cell in &hidden {
            let values = possible(&worlds, mask, cell);
            let needed = if network.cells[cell].is_sensitive() { 3 } else { 2 };
            let found = chain(&network, &hidden, cell);
            proptest::prop_assert_eq!(found.is_some(), values.len() < needed, "{:?}", values);
            if let Some(found) = found {
                proptest::prop_assert_eq!((found.low, found.high), (values.first().copied(), values.last().copied()));
                for derived in [&found.below, &found.above].into_iter().flatten() {
                    let sum = |terms: &[(usize, i64)]| terms.iter().map(|(at, by)| network.cells[*at].value * by).sum::<i64>();
                    let bounded: Vec<_> = derived.bounded.iter().map(|(at, by, _)| (*at, *by)).collect();
                    let whole = derived.multiple * network.cells[cell].value + sum(&derived.shown) + sum(&bounded);
                    proptest::prop_assert_eq!(whole, derived.constant);
                }
            }
        }
    }

    #[test]
    fn what_is_chosen_of_a_table_is_proved(
        (width, values) in (2usize..6).prop_flat_map(|width| (proptest::strategy::Just(width), proptest::collection::vec(0i64..40, width * 4)))
    ) {
        let rows: Vec<&[i64]> = values.chunks(width).collect();
        let network = table(&rows);
        match choose(&network, &Limits::default()) {
            Ok(choice) => {
                proptest::prop_assert_eq!(verify(&network, &choice.hidden, &choice.worlds), Ok(()));
                let again = choose(&network, &Limits::default());
                proptest::prop_assert_eq!(again.as_ref(), Ok(&choice));
                for &cell in &choice.hidden {
                    proptest::prop_assert_eq!(chain(&network, &choice.hidden, cell), None);
                }
                let large = choose(&network, &Limits { columns: 0, ..Limits::default() }).unwrap();
                proptest::prop_assert_eq!(verify(&network, &large.hidden, &large.worlds), Ok(()));
                proptest::prop_assert!(large.bound <= choice.cost && choice.bound <= large.cost, "{:?} {:?}", large, choice);
            }
            Err(impossible) => {
                let Impossible::Unprotected { cell } = impossible else { panic!("{impossible:?}") };
                let all = set((0..network.cells.len()).filter(|at| network.cells[*at].exposure != Exposure::Fixed));
                proptest::prop_assert!(chain(&network, &all, cell).is_some(), "all that can be hidden leaves {} known", cell);
            }
        }
    }
}
