//! The order of blocks that a file states.

use std::collections::HashMap;

use super::placing::StatedBlock;

/// A block with its name.
#[derive(Debug, Clone, Default)]
pub(super) struct NamedBlock {
    pub(super) names: Vec<String>,
    /// The block that follows it, if the file says so here.
    pub(super) next: Option<String>,
    /// Its place among the others, if the file says so here.
    pub(super) index: Option<f32>,
    pub(super) block: StatedBlock,
}

/// The blocks in the order of these names; those that are not named follow, by what they say
/// themselves, else as they are listed. A name can be that of a group, which all blocks in it have.
pub(super) fn in_order(mut blocks: Vec<NamedBlock>, order: &[String]) -> Vec<NamedBlock> {
    let mut places: HashMap<&str, usize> = HashMap::new();
    for (place, name) in order.iter().enumerate() {
        places.entry(name).or_insert(place);
    }
    if order.is_empty() && blocks.iter().all(|block| block.index.is_some()) {
        blocks.sort_by(|a, b| a.index.unwrap_or_default().total_cmp(&b.index.unwrap_or_default()));
    }
    let place = |block: &NamedBlock| {
        let named = block.names.iter().filter_map(|name| places.get(name.as_str()));
        named.min().copied().unwrap_or(usize::MAX)
    };
    blocks.sort_by_key(place);
    if order.is_empty() && blocks.iter().any(|block| block.next.is_some()) {
        blocks = followed(blocks);
    }
    blocks
}

/// Each block followed by the one that it names.
fn followed(blocks: Vec<NamedBlock>) -> Vec<NamedBlock> {
    let mut places: HashMap<String, usize> = HashMap::new();
    for (place, block) in blocks.iter().enumerate() {
        if let Some(name) = block.names.first() {
            places.entry(name.clone()).or_insert(place);
        }
    }
    let next: Vec<Option<usize>> = blocks
        .iter()
        .map(|block| block.next.as_ref().and_then(|name| places.get(name)).copied())
        .collect();
    let mut follows = vec![false; blocks.len()];
    for place in next.iter().flatten() {
        follows[*place] = true;
    }
    let mut blocks: Vec<Option<NamedBlock>> = blocks.into_iter().map(Some).collect();
    let mut ordered = Vec::with_capacity(blocks.len());
    // First the heads of chains, then what goes in circles.
    let heads = (0..blocks.len()).filter(|&place| !follows[place]);
    for head in heads.chain(0..blocks.len()).collect::<Vec<_>>() {
        let mut at = Some(head);
        while let Some(block) = at.and_then(|place| blocks[place].take()) {
            ordered.push(block);
            at = at.and_then(|place| next[place]);
        }
    }
    ordered
}
