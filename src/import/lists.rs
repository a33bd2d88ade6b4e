//! Lists from paragraphs that each say for themselves that they are an item and how deep.

use super::manuscript::{Block, List};

/// What stands in a row: a block, or an item of a list.
#[derive(Debug)]
pub enum Flow {
    Block(Block),
    Item(Item),
}

#[derive(Debug)]
pub struct Item {
    /// 0 for an item that is in no other.
    pub depth: usize,
    /// The number that it has; none of a bullet.
    pub number: Option<u64>,
    pub blocks: Vec<Block>,
}

/// The blocks, items that follow each other put together to lists.
pub fn gathered(flow: Vec<Flow>) -> Vec<Block> {
    let mut out = Vec::new();
    let mut items: Vec<Item> = Vec::new();
    for piece in flow {
        match piece {
            Flow::Item(item) => items.push(item),
            Flow::Block(block) => {
                out.extend(lists(std::mem::take(&mut items)));
                out.push(block);
            }
        }
    }
    out.extend(lists(items));
    out
}

/// The lists of items in a row. What stands deeper than the first is part of the item before it.
fn lists(items: Vec<Item>) -> Vec<Block> {
    let mut out: Vec<List> = Vec::new();
    let mut deeper: Vec<Item> = Vec::new();
    let Some(depth) = items.iter().map(|item| item.depth).min() else { return Vec::new() };
    for item in items {
        if item.depth > depth {
            deeper.push(item);
            continue;
        }
        close(&mut out, &mut deeper);
        match out.last_mut() {
            Some(list) if goes_on(list, item.number) => list.items.push(item.blocks),
            _ => out.push(List { ordered: item.number, items: vec![item.blocks] }),
        }
    }
    close(&mut out, &mut deeper);
    out.into_iter().map(Block::List).collect()
}

fn goes_on(list: &List, number: Option<u64>) -> bool {
    match (list.ordered, number) {
        (None, None) => true,
        (Some(first), Some(number)) => first.checked_add(list.items.len() as u64) == Some(number),
        _ => false,
    }
}

fn close(out: &mut Vec<List>, deeper: &mut Vec<Item>) {
    let inner = lists(std::mem::take(deeper));
    match out.last_mut().and_then(|list| list.items.last_mut()) {
        Some(item) => item.extend(inner),
        // Items that stand deeper than any before them.
        None => out.extend(inner.into_iter().filter_map(|block| match block {
            Block::List(list) => Some(list),
            _ => None,
        })),
    }
}
