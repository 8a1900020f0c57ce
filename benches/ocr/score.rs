//! How much of a known text was read.

use dibao::model::SourceText;

/// Sums over pages.
#[derive(Default)]
pub struct Score {
    characters: usize,
    found: usize,
    in_order: usize,
    lines: usize,
    exact: usize,
    blanks: usize,
    sure: f64,
    read: usize,
    lowest: Option<u64>,
    wrong: usize,
    doubtful: usize,
    doubtful_wrong: usize,
}

/// A text without blanks, whose signs are of one width.
pub fn plain(text: &str) -> String {
    let narrow = |c: char| match c {
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(c as u32 - 0xfee0).unwrap_or(c),
        other => other,
    };
    text.chars().filter(|c| !c.is_whitespace()).map(narrow).collect()
}

/// A text with one blank for each run of them.
pub fn spaced(text: &str) -> String {
    text.split_whitespace().map(plain).collect::<Vec<_>>().join(" ")
}

impl Score {
    /// Adds a page: its known lines, and what was read.
    pub fn add(&mut self, known: &[String], read: &SourceText) {
        let text: Vec<char> = plain(&read.text).chars().collect();
        let whole: String = text.iter().collect();
        let lines = (0..read.lines.len()).map(|index| spaced(read.line(index)));
        let with_blanks: Vec<char> = lines.collect::<Vec<_>>().join("\n").chars().collect();
        for known in known {
            let line = plain(known);
            let letters: Vec<char> = line.chars().collect();
            self.characters += letters.len();
            let faults = faults_within(&letters, &text).min(letters.len());
            self.found += letters.len() - faults;
            self.lines += 1;
            self.exact += usize::from(whole.contains(&line));
            let known: Vec<char> = spaced(known).chars().collect();
            self.blanks += faults_within(&known, &with_blanks).saturating_sub(faults);
        }
        let all: Vec<char> =
            known.iter().flat_map(|line| plain(line).chars().collect::<Vec<_>>()).collect();
        self.in_order += all.len() - faults(&all, &text).min(all.len());
        let mut page = (0u64, 0u64);
        for (index, line) in read.lines.iter().enumerate() {
            let letters = plain(read.line(index)).chars().count() as u64;
            let sure = line.place.and_then(|place| place.confidence).unwrap_or_default();
            page = (page.0 + u64::from(sure) * letters, page.1 + letters);
        }
        self.sure += page.0 as f64;
        self.read += page.1 as usize;
        let mean = page.0 / page.1.max(1);
        self.lowest = Some(self.lowest.map_or(mean, |lowest| lowest.min(mean)));
        for (index, line) in read.lines.iter().enumerate() {
            self.add_doubts(&all, read, index, line.span.start);
        }
    }

    /// Adds the characters of a line that was read: those that are not in the known text where the line is, and
    /// those that are doubtful.
    fn add_doubts(&mut self, known: &[char], read: &SourceText, index: usize, start: usize) {
        let mut letters = Vec::new();
        let mut is_doubtful = Vec::new();
        for (at, c) in read.line(index).char_indices().filter(|(_, c)| !c.is_whitespace()) {
            letters.extend(plain(&c.to_string()).chars());
            let words = read.doubtful.iter();
            is_doubtful
                .push(words.map(|words| &words.span).any(|span| span.contains(&(start + at))));
        }
        for (is_right, is_doubtful) in right_letters(&letters, known).into_iter().zip(is_doubtful) {
            self.wrong += usize::from(!is_right);
            self.doubtful += usize::from(is_doubtful);
            self.doubtful_wrong += usize::from(is_doubtful && !is_right);
        }
    }

    pub fn characters(&self) -> f64 {
        self.found as f64 / self.characters.max(1) as f64
    }

    pub fn in_order(&self) -> f64 {
        self.in_order as f64 / self.characters.max(1) as f64
    }

    pub fn lines(&self) -> f64 {
        self.exact as f64 / self.lines.max(1) as f64
    }

    /// Blanks too many and too few, for each thousand characters.
    pub fn blanks(&self) -> f64 {
        self.blanks as f64 * 1000.0 / self.characters.max(1) as f64
    }

    pub fn confidence(&self) -> f64 {
        self.sure / self.read.max(1) as f64
    }

    /// The part of what was read that is doubtful, the part of that that is wrong, and the part of what is wrong
    /// that is doubtful.
    pub fn doubts(&self) -> [f64; 3] {
        let part = |some: usize, all: usize| some as f64 / all.max(1) as f64;
        [
            part(self.doubtful, self.read),
            part(self.doubtful_wrong, self.doubtful),
            part(self.doubtful_wrong, self.wrong),
        ]
    }

    pub fn lowest(&self) -> u64 {
        self.lowest.unwrap_or_default()
    }
}

/// Edits that make the one text of the other.
fn faults(known: &[char], read: &[char]) -> usize {
    let first: Vec<usize> = (0..=read.len()).collect();
    aligned(known, read, first).last().copied().unwrap_or_default()
}

/// Edits that make a line of some part of the text.
fn faults_within(line: &[char], text: &[char]) -> usize {
    aligned(line, text, vec![0; text.len() + 1]).into_iter().min().unwrap_or_default()
}

/// The last row of edit distances, from this first one.
fn aligned(known: &[char], read: &[char], mut row: Vec<usize>) -> Vec<usize> {
    for wanted in known {
        let mut diagonal = row[0];
        row[0] += 1;
        for (at, found) in read.iter().enumerate() {
            let replaced = diagonal + usize::from(wanted != found);
            diagonal = row[at + 1];
            row[at + 1] = replaced.min(row[at] + 1).min(diagonal + 1);
        }
    }
    row
}

/// Which letters of a line are those of the known text, at the place there that the line is nearest to.
fn right_letters(line: &[char], known: &[char]) -> Vec<bool> {
    let mut rows = vec![vec![0; known.len() + 1]];
    for &letter in line {
        let above = &rows[rows.len() - 1];
        let mut row = vec![above[0] + 1];
        for (at, &wanted) in known.iter().enumerate() {
            let replaced = above[at] + usize::from(letter != wanted);
            row.push(replaced.min(above[at + 1] + 1).min(row[at] + 1));
        }
        rows.push(row);
    }
    let mut right = vec![false; line.len()];
    let mut row = line.len();
    let mut at = (0..=known.len()).min_by_key(|&at| rows[row][at]).unwrap_or_default();
    while row > 0 {
        let is_same = at > 0 && line[row - 1] == known[at - 1];
        let replaced = (at > 0).then(|| rows[row - 1][at - 1] + usize::from(!is_same));
        if replaced == Some(rows[row][at]) {
            (row, at) = (row - 1, at - 1);
            right[row] = is_same;
        } else if rows[row - 1][at] + 1 == rows[row][at] {
            row -= 1;
        } else {
            at -= 1;
        }
    }
    right
}
