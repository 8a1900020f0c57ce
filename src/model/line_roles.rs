//! The role of every line of a file, in runs: kept with the report of the file, so that the file
//! can be shown without being split again.

use std::fmt::Write;

use serde::{Deserialize, Serialize};

use super::line::{LineRange, LineRole};

/// Lines in a row of one role that belong to one article, or to none. Blank lines between them are
/// part of the run.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RoleRun {
    /// First and last row, counted from 1 over all lines that were read from the file. Of a text a
    /// row is a line of the file; of a web page several rows can come from one line.
    pub rows: LineRange,
    /// What the lines were taken for.
    pub role: LineRole,
    /// The article that owns them, by its place in the file.
    pub owner: Option<u32>,
}

/// The runs of a file in the order of its rows, as a string: `t1@1 b3-21@1 N23` for a title, a body
/// and a banner. It is short, and costs nothing where only the report is read.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct LineRoles {
    /// Lines that were read, blank ones included.
    rows: u32,
    runs: String,
}

/// The letter of each role: small ones stand in articles. Blank lines have none.
const LETTERS: [(char, LineRole); 16] = [
    ('k', LineRole::Kicker),
    ('t', LineRole::Title),
    ('s', LineRole::Subtitle),
    ('d', LineRole::Docno),
    ('b', LineRole::Body),
    ('h', LineRole::Subheading),
    ('r', LineRole::Table),
    ('c', LineRole::Credit),
    ('N', LineRole::Banner),
    ('S', LineRole::Section),
    ('C', LineRole::Contents),
    ('F', LineRole::Front),
    ('P', LineRole::Colophon),
    ('W', LineRole::Boilerplate),
    ('A', LineRole::Advertisement),
    ('X', LineRole::Stray),
];

impl LineRoles {
    /// Whether nothing is known of any line.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.runs.is_empty()
    }

    /// Adds the roles and owners of the next lines of the file; owners are counted from 0 among the
    /// articles of these lines, before which the file has `articles`.
    pub fn extend(&mut self, roles: &[LineRole], owners: &[Option<u32>], articles: u32) {
        let mut runs: Vec<RoleRun> = Vec::new();
        for (row, (&role, owner)) in (self.rows + 1..).zip(roles.iter().zip(owners)) {
            if role == LineRole::Blank {
                continue;
            }
            let owner = owner.map(|owner| articles + owner + 1);
            if let Some(last) = runs.last_mut()
                && last.owner == owner
            {
                if last.role == role {
                    last.rows.1 = row;
                    continue;
                }
                if owner.is_some() {
                    // Blank lines within an article are the article's.
                    last.rows.1 = row - 1;
                }
            }
            runs.push(RoleRun { rows: LineRange(row, row), role, owner });
        }
        self.rows += roles.len() as u32;
        for run in runs {
            self.push(run);
        }
    }

    fn push(&mut self, RoleRun { rows: LineRange(first, last), role, owner }: RoleRun) {
        let Some((letter, _)) = LETTERS.iter().find(|(_, known)| *known == role) else { return };
        let blank = if self.runs.is_empty() { "" } else { " " };
        // Writing to a string cannot fail.
        let _ = write!(self.runs, "{blank}{letter}{first}");
        if last > first {
            let _ = write!(self.runs, "-{last}");
        }
        if let Some(owner) = owner {
            let _ = write!(self.runs, "@{owner}");
        }
    }

    /// The runs, in the order of the rows. What is damaged is left out.
    pub fn runs(&self) -> impl Iterator<Item = RoleRun> + '_ {
        self.runs.split_ascii_whitespace().filter_map(run)
    }
}

fn run(written: &str) -> Option<RoleRun> {
    let letter = written.chars().next()?;
    let (_, role) = *LETTERS.iter().find(|(known, _)| *known == letter)?;
    let rest = written.get(letter.len_utf8()..)?;
    let (rows, owner) = match rest.split_once('@') {
        Some((rows, owner)) => (rows, Some(owner.parse().ok()?)),
        None => (rest, None),
    };
    let (first, last) = rows.split_once('-').unwrap_or((rows, rows));
    Some(RoleRun { rows: LineRange(first.parse().ok()?, last.parse().ok()?), role, owner })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn runs_join_lines_of_one_role_and_owner_over_blank_lines() {
        use LineRole::{Banner, Blank, Body, Title};
        let mut roles = LineRoles::default();
        let owners = [None, None, Some(0), None, Some(0), None, Some(0), None, Some(1)];
        let page = [Banner, Blank, Title, Blank, Body, Blank, Body, Blank, Body];
        roles.extend(&page, &owners, 0);
        assert_eq!(roles.runs, "N1 t3-4@1 b5-7@1 b9@2");
        // The next part of a large file.
        roles.extend(&[Blank, Title], &[None, Some(0)], 2);
        assert_eq!(roles.runs, "N1 t3-4@1 b5-7@1 b9@2 t11@3");
        let last = RoleRun { rows: LineRange(11, 11), role: Title, owner: Some(3) };
        assert_eq!(roles.runs().last(), Some(last));
    }

    #[test]
    fn every_role_is_read_back_and_damage_is_left_out() {
        let (roles, owners): (Vec<LineRole>, Vec<Option<u32>>) =
            LETTERS.iter().map(|&(_, role)| (role, role.in_article().then_some(0))).unzip();
        let mut written = LineRoles::default();
        written.extend(&roles, &owners, 7);
        let read: Vec<(LineRole, Option<u32>)> =
            written.runs().map(|run| (run.role, run.owner)).collect();
        let owners = owners.into_iter().map(|owner| owner.map(|at| at + 8));
        assert_eq!(read, roles.into_iter().zip(owners).collect::<Vec<_>>());
        let damaged = LineRoles { rows: 9, runs: "t1 b 报3 b-4 b5@x b7".to_owned() };
        assert_eq!(damaged.runs().count(), 2);
    }
}
