//! A network in parts that have nothing to do with each other, in deviations from the true values: nought is the true world.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use super::network::{Exposure, Kind, Need, Network, divisor};

/// As far as nobody knows a bound.
pub const FAR: i64 = i64::MAX;

/// Cells of which none is related to one outside, and of whose relations none is superfluous by sight.
#[derive(Debug, Clone)]
pub struct Block {
    pub columns: Vec<Column>,
    pub rows: Vec<Row>,
}

#[derive(Debug, Clone)]
pub struct Column {
    /// More than one where no relation tells them apart.
    pub cells: Vec<usize>,
    /// How far below and above the true value it can be.
    pub down: i64,
    pub up: i64,
    /// What it costs to hide; nothing where it is unknown in any case.
    pub cost: Option<u64>,
    pub need: Need,
    pub rows: Vec<(usize, i64)>,
}

/// Sum of coefficient times deviation, between the two.
#[derive(Debug, Clone)]
pub struct Row {
    pub terms: Vec<(usize, i64)>,
    pub low: i64,
    pub high: i64,
}

/// A deviation from the true world: columns with how much they differ, in order, none by nought.
pub type Move = Vec<(usize, i64)>;

/// A network that nothing can be said of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unfit {
    Untrue { relation: usize },
    OutOfBounds { cell: usize },
}

impl Block {
    /// Whether all of it holds, in exact numbers.
    pub fn holds(&self, deviation: &[(usize, i64)]) -> bool {
        let mut sums: BTreeMap<usize, i128> = BTreeMap::new();
        for (at, by) in deviation {
            let column = &self.columns[*at];
            if *by > column.up || -i128::from(*by) > i128::from(column.down) {
                return false;
            }
            for (row, coefficient) in &column.rows {
                *sums.entry(*row).or_default() += i128::from(*coefficient) * i128::from(*by);
            }
        }
        sums.iter().all(|(row, sum)| self.rows[*row].allows(*sum))
    }

    /// The columns and rows that a column is related to through columns that are free to differ, in order.
    pub fn near(&self, target: usize, free: impl Fn(usize) -> bool) -> (Vec<usize>, Vec<usize>) {
        let (mut columns, mut rows, mut open) = (BTreeSet::from([target]), BTreeSet::new(), vec![target]);
        while let Some(next) = open.pop() {
            for (row, _) in &self.columns[next].rows {
                if rows.insert(*row) {
                    let others = self.rows[*row].terms.iter().map(|(other, _)| *other);
                    open.extend(others.filter(|other| free(*other) && columns.insert(*other)));
                }
            }
        }
        (columns.into_iter().collect(), rows.into_iter().collect())
    }

    /// The rows that a column is related to in this way, the nearest ones, so many at most.
    pub fn rows_near(&self, target: usize, free: impl Fn(usize) -> bool, most: usize) -> Vec<usize> {
        let (mut columns, mut rows) = (BTreeSet::from([target]), BTreeSet::new());
        let mut open = VecDeque::from([target]);
        while let Some(next) = open.pop_front() {
            for (row, _) in &self.columns[next].rows {
                if rows.len() == most {
                    return rows.into_iter().collect();
                }
                if rows.insert(*row) {
                    let others = self.rows[*row].terms.iter().map(|(other, _)| *other);
                    open.extend(others.filter(|other| free(*other) && columns.insert(*other)));
                }
            }
        }
        rows.into_iter().collect()
    }

    /// What is unknown in any case.
    pub fn unknown(&self) -> Vec<bool> {
        self.columns.iter().map(|column| column.cost.is_none()).collect()
    }
}

impl Row {
    fn allows(&self, sum: i128) -> bool {
        (self.high == FAR || sum <= i128::from(self.high)) && (self.low == -FAR || sum >= i128::from(self.low))
    }
}

/// The cell that is at one value in every world, though it needs more; and the blocks in which something has to be protected.
pub struct Parts {
    pub settled: Option<usize>,
    pub blocks: Vec<Block>,
}

/// Takes a network apart.
pub fn parts(network: &Network) -> Result<Parts, Unfit> {
    let mut rows = rows(network)?;
    let mut fixed = Vec::with_capacity(network.cells.len());
    for (at, cell) in network.cells.iter().enumerate() {
        if cell.value < cell.lower || cell.upper.is_some_and(|upper| cell.value > upper) {
            return Err(Unfit::OutOfBounds { cell: at });
        }
        fixed.push(cell.exposure == Exposure::Fixed || cell.upper == Some(cell.lower));
    }
    settle(&mut rows, &mut fixed);
    let settled = (0..fixed.len()).find(|&at| fixed[at] && network.cells[at].is_sensitive());
    rows.sort_by(|a, b| (&a.terms, a.low, a.high).cmp(&(&b.terms, b.low, b.high)));
    rows.dedup_by(|b, a| a.terms == b.terms && a.low == b.low && a.high == b.high);
    Ok(Parts { settled, blocks: apart(network, &fixed, &rows) })
}

/// The relations as rows of deviations, divided by what is common to their coefficients.
fn rows(network: &Network) -> Result<Vec<Row>, Unfit> {
    let mut rows = Vec::with_capacity(network.relations.len());
    for (at, relation) in network.relations.iter().enumerate() {
        let untrue = Unfit::Untrue { relation: at };
        let mut sum = 0i128;
        let mut terms: BTreeMap<usize, i64> = BTreeMap::new();
        for (cell, coefficient) in relation.terms.iter() {
            let value = network.cells.get(*cell).ok_or(untrue)?.value;
            let product = i128::from(*coefficient) * i128::from(value);
            sum = sum.checked_add(product).ok_or(untrue)?;
            let total = terms.entry(*cell).or_default();
            *total = total.checked_add(*coefficient).ok_or(untrue)?;
        }
        terms.retain(|_, coefficient| *coefficient != 0);
        let slack = i128::from(relation.constant) - sum;
        let holds = match relation.kind {
            Kind::Equal => slack == 0,
            Kind::AtMost => slack >= 0,
            Kind::AtLeast => slack <= 0,
        };
        let slack = i64::try_from(slack).ok().filter(|_| holds).ok_or(untrue)?;
        let (low, high) = match relation.kind {
            Kind::Equal => (0, 0),
            Kind::AtMost => (-FAR, slack),
            Kind::AtLeast => (slack, FAR),
        };
        rows.push(Row { terms: terms.into_iter().collect(), low, high });
    }
    Ok(rows)
}

/// The block around a cell when all that is not hidden or unpublished is known: its rows are the relations, none changed.
pub fn around(network: &Network, hidden: &BTreeSet<usize>, cell: usize) -> Option<Block> {
    let unknown: Vec<bool> = (0..network.cells.len())
        .map(|at| hidden.contains(&at) || network.cells[at].exposure == Exposure::Unpublished)
        .collect();
    let mut rows = rows(network).ok()?;
    let mut near = BTreeSet::from([cell]);
    let mut of_cell: Vec<Vec<usize>> = vec![Vec::new(); network.cells.len()];
    for (at, row) in rows.iter_mut().enumerate() {
        row.terms.retain(|(cell, _)| unknown[*cell]);
        row.terms.iter().for_each(|(cell, _)| of_cell[*cell].push(at));
    }
    let mut open = vec![cell];
    let mut followed = vec![false; rows.len()];
    while let Some(next) = open.pop() {
        for row in &of_cell[next] {
            if !std::mem::replace(&mut followed[*row], true) {
                open.extend(rows[*row].terms.iter().map(|(other, _)| *other).filter(|other| near.insert(*other)));
            }
        }
    }
    let place: BTreeMap<usize, usize> = near.iter().enumerate().map(|(at, cell)| (*cell, at)).collect();
    for row in &mut rows {
        row.terms = row.terms.iter().filter_map(|(cell, by)| Some((*place.get(cell)?, *by))).collect();
    }
    let mut columns: Vec<Column> = Vec::new();
    for &at in &near {
        let known = &network.cells[at];
        let down = known.value.checked_sub(known.lower).filter(|down| *down >= 0)?;
        let up = known.upper.map_or(Some(FAR), |upper| upper.checked_sub(known.value)).filter(|up| *up >= 0)?;
        columns.push(Column { cells: vec![at], down, up, cost: None, need: known.need, rows: Vec::new() });
    }
    for (at, row) in rows.iter().enumerate() {
        row.terms.iter().for_each(|(column, by)| columns[*column].rows.push((at, *by)));
    }
    Some(Block { columns, rows })
}

/// Drops what is known from the rows, and cells that a row leaves no room: each round may settle more.
fn settle(rows: &mut Vec<Row>, fixed: &mut [bool]) {
    loop {
        for row in rows.iter_mut() {
            row.terms.retain(|(cell, _)| !fixed[*cell]);
            let common = divisor(&row.terms);
            if common > 1 {
                for (_, coefficient) in &mut row.terms {
                    *coefficient /= common;
                }
                if row.low != -FAR {
                    row.low = -(-row.low).div_euclid(common);
                }
                if row.high != FAR {
                    row.high = row.high.div_euclid(common);
                }
            }
            if row.terms.first().is_some_and(|(_, coefficient)| *coefficient < 0) {
                row.terms.iter_mut().for_each(|(_, coefficient)| *coefficient = -*coefficient);
                (row.low, row.high) = (-row.high, -row.low);
            }
        }
        rows.retain(|row| !row.terms.is_empty());
        let mut more = false;
        for row in rows.iter() {
            if let [(cell, _)] = row.terms[..]
                && row.low == 0
                && row.high == 0
            {
                more |= !std::mem::replace(&mut fixed[cell], true);
            }
        }
        if !more {
            return;
        }
    }
}

/// The blocks in which a cell has a need.
fn apart(network: &Network, fixed: &[bool], rows: &[Row]) -> Vec<Block> {
    let mut of_cell: Vec<Vec<(usize, i64)>> = vec![Vec::new(); network.cells.len()];
    for (at, row) in rows.iter().enumerate() {
        for (cell, coefficient) in &row.terms {
            of_cell[*cell].push((at, *coefficient));
        }
    }
    let mut block_of_row = vec![None; rows.len()];
    let mut seen = vec![false; network.cells.len()];
    let mut blocks = Vec::new();
    for start in 0..network.cells.len() {
        if seen[start] || fixed[start] || !network.cells[start].is_sensitive() {
            continue;
        }
        let (mut cells, mut own_rows, mut open) = (Vec::new(), Vec::new(), vec![start]);
        seen[start] = true;
        while let Some(cell) = open.pop() {
            cells.push(cell);
            for (row, _) in &of_cell[cell] {
                if block_of_row[*row].is_none() {
                    block_of_row[*row] = Some(own_rows.len());
                    own_rows.push(*row);
                    open.extend(rows[*row].terms.iter().map(|(other, _)| *other).filter(|other| {
                        let new = !seen[*other];
                        seen[*other] = true;
                        new
                    }));
                }
            }
        }
        cells.sort_unstable();
        own_rows.sort_unstable();
        blocks.push(block(network, &cells, &own_rows, rows, &of_cell));
    }
    blocks
}

fn block(network: &Network, cells: &[usize], own: &[usize], rows: &[Row], of_cell: &[Vec<(usize, i64)>]) -> Block {
    let place: BTreeMap<usize, usize> = own.iter().enumerate().map(|(at, row)| (*row, at)).collect();
    let mut columns: Vec<Column> = Vec::new();
    // Unpublished cells that no relation tells apart are one.
    let mut alike: BTreeMap<&[(usize, i64)], usize> = BTreeMap::new();
    let mut column_of = BTreeMap::new();
    for &at in cells {
        let cell = &network.cells[at];
        let down = cell.value.saturating_sub(cell.lower);
        let up = cell.upper.map_or(FAR, |upper| upper.saturating_sub(cell.value));
        let merges = cell.exposure == Exposure::Unpublished && cell.need == Need::None;
        if merges && let Some(known) = alike.get(&of_cell[at][..]) {
            let column = &mut columns[*known];
            column.cells.push(at);
            column.down = column.down.saturating_add(down);
            column.up = column.up.saturating_add(up);
            continue;
        }
        if merges {
            alike.insert(&of_cell[at], columns.len());
        }
        column_of.insert(at, columns.len());
        let cost = match cell.exposure {
            Exposure::Open { cost } if cell.need == Need::None => Some(cost),
            _ => None,
        };
        let own_rows = of_cell[at].iter().map(|(row, coefficient)| (place[row], *coefficient)).collect();
        columns.push(Column { cells: vec![at], down, up, cost, need: cell.need, rows: own_rows });
    }
    let row = |row: &usize| {
        let row = &rows[*row];
        let terms = row.terms.iter().filter_map(|(cell, by)| column_of.get(cell).map(|column| (*column, *by)));
        Row { terms: terms.collect(), low: row.low, high: row.high }
    };
    Block { rows: own.iter().map(row).collect(), columns }
}

/// The world that is a block's deviation away from the true one.
pub fn world(network: &Network, block: &Block, deviation: &[(usize, i64)]) -> Vec<i64> {
    let mut values = network.values();
    for (column, by) in deviation {
        let mut left = *by;
        for cell in &block.columns[*column].cells {
            let known = &network.cells[*cell];
            let most = known.upper.map_or(FAR, |upper| upper.saturating_sub(known.value));
            let least = known.lower.saturating_sub(known.value);
            let part = left.clamp(least, most);
            values[*cell] += part;
            left -= part;
        }
    }
    values
}
