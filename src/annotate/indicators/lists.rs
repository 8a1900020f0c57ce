//! The items of a list: 出口、进口分别增长 5%、3%.

use super::row::Draft;

/// Gives each of the rows of a list the name of its item.
pub(super) fn name_items(rows: &mut [Draft]) {
    let Some(first) = rows.first() else { return };
    let whole = first.named.name.clone();
    let Some(items) = items_of(&whole, rows.len()) else { return };
    let last = items[items.len() - 1];
    let noun = super::row::noun_of(last);
    let names: Vec<String> = items
        .iter()
        .map(|item| {
            let own = super::row::noun_of(item);
            match (own, noun) {
                (None, Some(noun)) => {
                    let rest = noun
                        .strip_prefix(item.get(item.len().saturating_sub(3)..).unwrap_or_default());
                    format!("{item}{}", rest.unwrap_or(noun))
                }
                _ => (*item).to_owned(),
            }
        })
        .collect();
    for (row, name) in rows.iter_mut().zip(names) {
        row.named.name = name;
        row.named.id = None;
    }
}

/// Cuts a list into as many items as there are numbers. 和 can be part of an item: 批发和零售业.
fn items_of(list: &str, count: usize) -> Option<Vec<&str>> {
    let plain: Vec<&str> = list.split('、').collect();
    if plain.len() == count {
        return Some(plain);
    }
    let joints = ['和', '及', '与'];
    let (before, last) =
        list.rsplit_once('、').map_or((None, list), |(before, last)| (Some(before), last));
    let at = last.rfind(joints)?;
    let mut items: Vec<&str> = before.into_iter().flat_map(|before| before.split('、')).collect();
    items.push(&last[..at]);
    items.push(last[at..].trim_start_matches(joints));
    if items.len() == count {
        return Some(items);
    }
    let all: Vec<&str> = list.split(['、', '和', '及', '与']).collect();
    (all.len() == count).then_some(all)
}
