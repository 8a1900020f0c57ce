//! Regression trees whose sum is the log-odds of a statement: a segment is an item, a line continues
//! the one before it (gradient boosting: Friedman, Annals of Statistics 29, 2001). They ask for
//! evidence, a row of numbers with names.

use std::fmt::Write;

/// Declares evidence: a struct `Evidence` with a field for each, their names, and the numbers in the order
/// of the names.
macro_rules! evidence {
    ($($(#[$doc:meta])* $name:ident,)*) => {
        /// The names of all evidence, in the order of the numbers.
        pub(in crate::split) const NAMES: &[&str] = &[$(stringify!($name),)*];

        #[derive(Default)]
        struct Evidence {
            $($(#[$doc])* $name: f32,)*
        }

        impl Evidence {
            fn values(&self) -> [f32; NAMES.len()] {
                [$(self.$name,)*]
            }
        }
    };
}
pub(super) use evidence;

/// A sum of trees.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Trees {
    /// The log-odds before any tree.
    pub base: f32,
    pub trees: Vec<Tree>,
}

/// A tree as a list of nodes, the root first.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Tree {
    pub nodes: Vec<TreeNode>,
}

/// A node: its value as a leaf, and where to go on.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct TreeNode {
    pub value: f32,
    pub split: Option<Split>,
}

/// A question: what has evidence below the threshold goes to the first node below, the rest to the
/// second.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Split {
    /// Position in the row of evidence.
    pub evidence: usize,
    pub threshold: f32,
    pub below: usize,
    pub above: usize,
}

impl Trees {
    pub fn is_empty(&self) -> bool {
        self.trees.is_empty()
    }

    /// The log-odds, by the evidence.
    pub fn score(&self, evidence: &[f32]) -> f32 {
        self.base + self.trees.iter().map(|tree| tree.descend(evidence, |_, _| ())).sum::<f32>()
    }

    /// Tells `add` what each evidence, by its position, adds to the log-odds: the changes of the value
    /// on the way from the roots to the leaves (Saabas 2014).
    pub fn contributions(&self, evidence: &[f32], mut add: impl FnMut(usize, f32)) {
        for tree in &self.trees {
            tree.descend(evidence, &mut add);
        }
    }

    /// Writes a row for each tree: its nodes, the root first, each before those below it. A leaf is
    /// its value, another node `evidence<threshold:value`, with the name of the evidence.
    pub fn to_table(&self, names: &[&str]) -> String {
        let mut table = format!("trees\t{}\n", self.base);
        for tree in &self.trees {
            let mut cells = Vec::new();
            tree.write(0, names, &mut cells);
            let _ = writeln!(table, "tree\t{}", cells.join("\t"));
        }
        table
    }

    /// Reads the lines that [`Self::to_table`] wrote; lines that begin with `#` may stand before them.
    ///
    /// # Errors
    ///
    /// The place of the first line that is missing or not of that form.
    pub fn read<'a>(lines: impl Iterator<Item = &'a str>, names: &[&str]) -> Result<Self, usize> {
        let mut lines = lines.enumerate().skip_while(|(_, line)| line.starts_with('#'));
        let (place, first) = lines.next().ok_or(0usize)?;
        let base = first.strip_prefix("trees\t").and_then(finite).ok_or(place)?;
        let tree = |(place, line): (usize, &str)| {
            let mut cells = line.strip_prefix("tree\t").ok_or(place)?.split('\t');
            let mut tree = Tree::default();
            tree.read(&mut cells, names, MAX_DEPTH).ok_or(place)?;
            if cells.next().is_some() { Err(place) } else { Ok(tree) }
        };
        Ok(Self { base, trees: lines.map(tree).collect::<Result<_, _>>()? })
    }
}

/// Questions above a leaf at most.
const MAX_DEPTH: usize = 16;

fn finite(number: &str) -> Option<f32> {
    number.parse().ok().filter(|number: &f32| number.is_finite())
}

impl Tree {
    /// The value of the leaf; `change` sees how the value changes on the way, with the
    /// evidence that was asked for.
    fn descend(&self, evidence: &[f32], mut change: impl FnMut(usize, f32)) -> f32 {
        let Some(mut node) = self.nodes.first() else { return 0.0 };
        while let Some(split) = node.split {
            let next =
                if evidence[split.evidence] < split.threshold { split.below } else { split.above };
            let Some(next) = self.nodes.get(next) else { break };
            change(split.evidence, next.value - node.value);
            node = next;
        }
        node.value
    }

    fn write(&self, at: usize, names: &[&str], cells: &mut Vec<String>) {
        let Some(node) = self.nodes.get(at) else { return };
        match node.split {
            None => cells.push(format!("{:.3}", node.value)),
            Some(split) => {
                let name = names[split.evidence];
                cells.push(format!("{name}<{}:{:.3}", split.threshold, node.value));
                self.write(split.below, names, cells);
                self.write(split.above, names, cells);
            }
        }
    }

    /// Reads a node and those below it, up to `depth` questions deep; returns its place.
    fn read<'a>(
        &mut self,
        cells: &mut impl Iterator<Item = &'a str>,
        names: &[&str],
        depth: usize,
    ) -> Option<usize> {
        let cell = cells.next()?;
        let place = self.nodes.len();
        let Some((question, value)) = cell.split_once(':') else {
            self.nodes.push(TreeNode { value: finite(cell)?, split: None });
            return Some(place);
        };
        let below_depth = depth.checked_sub(1)?;
        let (name, threshold) = question.split_once('<')?;
        let evidence = names.iter().position(|known| *known == name)?;
        self.nodes.push(TreeNode { value: finite(value)?, split: None });
        let below = self.read(cells, names, below_depth)?;
        let above = self.read(cells, names, below_depth)?;
        let threshold = finite(threshold)?;
        self.nodes[place].split = Some(Split { evidence, threshold, below, above });
        Some(place)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NAMES: [&str; 3] = ["units", "first_length", "title_words"];

    /// Segments of few units are items, if their first one is short.
    fn trees() -> Trees {
        let table = "trees\t-0.5\n\
            tree\tunits<3:0.1\tfirst_length<20:0.4\t0.9\t-0.3\t-0.6\n\
            tree\ttitle_words<0.25:0\t-0.2\t0.5\n";
        Trees::read(table.lines(), &NAMES).expect("a table")
    }

    #[test]
    fn a_score_is_the_base_and_what_the_evidence_adds() {
        let trees = trees();
        let segment = [2.0, 9.0, 0.5];
        assert!((trees.score(&segment) - (-0.5 + 0.9 + 0.5)).abs() < 1e-6);
        let mut sums = [0.0; 3];
        trees.contributions(&segment, |by, change| sums[by] += change);
        let roots: f32 = trees.trees.iter().map(|tree| tree.nodes[0].value).sum();
        assert!(
            (trees.base + roots + sums.iter().sum::<f32>() - trees.score(&segment)).abs() < 1e-5
        );
        assert!((sums[2] - 0.5).abs() < 1e-6);
    }

    #[test]
    fn a_written_table_is_read_again() {
        let trees = trees();
        assert_eq!(Trees::read(trees.to_table(&NAMES).lines(), &NAMES), Ok(trees));
        assert_eq!(Trees::read("trees\t0\n".lines(), &NAMES), Ok(Trees::default()));
        assert_eq!(Trees::read("# fitted on a\ntrees\t0\n".lines(), &NAMES), Ok(Trees::default()));
    }

    #[test]
    fn a_broken_table_is_refused() {
        let deep = format!("trees\t0\ntree\t{}0\n", "units<3:0\t".repeat(100_000));
        for (table, line) in [
            ("", 0),
            ("trees\tmany\n", 0),
            ("# fitted on a\ntrees\tmany\n", 1),
            ("trees\tNaN\n", 0),
            ("trees\t0\ntree\tcolour<3:0\t1\t2\n", 1),
            ("trees\t0\ntree\tunits<3:0\t1\n", 1),
            ("trees\t0\ntree\t1\ntree\t1\t2\n", 2),
            (deep.as_str(), 1),
        ] {
            assert_eq!(Trees::read(table.lines(), &NAMES), Err(line), "{table:.40}");
        }
    }
}
