//! The items of a list: 出口、进口分别增长 5%、3%.

use super::row::Draft;

/// Gives each of the rows of a list the name of its item.
pub(super) fn name_items(text: &str, rows: &mut [Draft]) {
    let _ = text;
    let Some(first) = rows.first() else { return };
    let whole = first.named.name.clone();
    let items: Vec<&str> = whole.split(['、', '和', '及', '与']).filter(|item| !item.is_empty()).collect();
    if items.len() != rows.len() {
        return;
    }
    let last = items[items.len() - 1];
    let noun = super::row::noun_of(last);
    let names: Vec<String> = items
        .iter()
        .map(|item| {
            let own = super::row::noun_of(item);
            match (own, noun) {
                (None, Some(noun)) => {
                    let rest = noun.strip_prefix(item.get(item.len().saturating_sub(3)..).unwrap_or_default());
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
