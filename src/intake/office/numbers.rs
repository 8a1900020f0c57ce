//! The numbers that an office program puts before paragraphs: it keeps how they are counted, not how they
//! are printed.

/// How numbers are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum NumberStyle {
    Decimal,
    /// 一, 十二, 一百〇三.
    Chinese,
    /// 壹, 拾贰.
    ChineseFormal,
    /// 甲 to 癸.
    HeavenlyStem,
    /// ①.
    Circled,
    /// ⑴.
    Bracketed,
    /// １.
    FullWidth,
    UpperLetter,
    LowerLetter,
    UpperRoman,
    LowerRoman,
    /// A bullet, or nothing.
    Unnumbered,
}

const STEMS: [char; 10] = ['甲', '乙', '丙', '丁', '戊', '己', '庚', '辛', '壬', '癸'];

impl NumberStyle {
    /// A style by its name in Word (`ST_NumberFormat` of ISO/IEC 29500-1).
    pub(super) fn of_word(name: &str) -> Self {
        match name {
            "bullet" | "none" => Self::Unnumbered,
            "chineseCounting"
            | "chineseCountingThousand"
            | "taiwaneseCounting"
            | "taiwaneseCountingThousand"
            | "japaneseCounting"
            | "ideographDigital" => Self::Chinese,
            "chineseLegalSimplified" | "ideographLegalTraditional" => Self::ChineseFormal,
            "ideographTraditional" => Self::HeavenlyStem,
            "decimalEnclosedCircle" | "decimalEnclosedCircleChinese" => Self::Circled,
            "decimalEnclosedParen" => Self::Bracketed,
            "decimalFullWidth" | "decimalFullWidth2" => Self::FullWidth,
            "upperLetter" => Self::UpperLetter,
            "lowerLetter" => Self::LowerLetter,
            "upperRoman" => Self::UpperRoman,
            "lowerRoman" => Self::LowerRoman,
            _ => Self::Decimal,
        }
    }

    /// A style by the first of its numbers, as OpenDocument names it (`一, 二, 三, ...`).
    pub(super) fn of_open_document(format: &str) -> Self {
        match format.chars().next() {
            Some('一') => Self::Chinese,
            Some('壹' | '壱') => Self::ChineseFormal,
            Some('甲') => Self::HeavenlyStem,
            Some('①') => Self::Circled,
            Some('⑴') => Self::Bracketed,
            Some('１') => Self::FullWidth,
            Some('A') => Self::UpperLetter,
            Some('a') => Self::LowerLetter,
            Some('I') => Self::UpperRoman,
            Some('i') => Self::LowerRoman,
            Some(_) => Self::Decimal,
            None => Self::Unnumbered,
        }
    }

    pub(super) fn write(self, number: u32) -> String {
        let within = |first: char, count: u32| {
            let place = (1..=count).contains(&number).then(|| first as u32 + number - 1);
            place.and_then(char::from_u32).map_or_else(|| number.to_string(), String::from)
        };
        match self {
            Self::Decimal => number.to_string(),
            Self::Chinese => chinese(
                number,
                ['〇', '一', '二', '三', '四', '五', '六', '七', '八', '九'],
                ["", "十", "百", "千"],
            ),
            Self::ChineseFormal => chinese(
                number,
                ['零', '壹', '贰', '叁', '肆', '伍', '陆', '柒', '捌', '玖'],
                ["", "拾", "佰", "仟"],
            ),
            Self::HeavenlyStem => {
                let stem = number.checked_sub(1).and_then(|at| STEMS.get(at as usize));
                stem.map_or_else(|| number.to_string(), char::to_string)
            }
            Self::Circled => within('①', 20),
            Self::Bracketed => within('⑴', 20),
            Self::FullWidth => {
                let wide = |digit: char| char::from_u32(digit as u32 - '0' as u32 + '０' as u32);
                number.to_string().chars().filter_map(wide).collect()
            }
            Self::UpperLetter => letters(number, 'A'),
            Self::LowerLetter => letters(number, 'a'),
            Self::UpperRoman => roman(number),
            Self::LowerRoman => roman(number).to_lowercase(),
            Self::Unnumbered => String::new(),
        }
    }
}

fn chinese(number: u32, digits: [char; 10], places: [&str; 4]) -> String {
    if number == 0 || number > 9999 {
        return number.to_string();
    }
    let mut written = String::new();
    let mut skipped = false;
    for place in (0..4).rev() {
        let digit = (number / 10_u32.pow(place)) % 10;
        if digit == 0 {
            skipped = !written.is_empty();
            continue;
        }
        if skipped {
            written.push('零');
        }
        skipped = false;
        // 十二, not 一十二.
        if !(place == 1 && digit == 1 && written.is_empty()) {
            written.push(digits[digit as usize]);
        }
        written.push_str(places[place as usize]);
    }
    written
}

/// a to z, then aa to zz.
fn letters(number: u32, first: char) -> String {
    let Some(at) = number.checked_sub(1) else { return number.to_string() };
    let letter = char::from_u32(first as u32 + at % 26).unwrap_or(first);
    letter.to_string().repeat((at / 26 + 1).min(8) as usize)
}

fn roman(number: u32) -> String {
    const VALUES: [(u32, &str); 13] = [
        (1000, "M"),
        (900, "CM"),
        (500, "D"),
        (400, "CD"),
        (100, "C"),
        (90, "XC"),
        (50, "L"),
        (40, "XL"),
        (10, "X"),
        (9, "IX"),
        (5, "V"),
        (4, "IV"),
        (1, "I"),
    ];
    if number == 0 || number >= 4000 {
        return number.to_string();
    }
    let mut left = number;
    let mut written = String::new();
    for (value, letters) in VALUES {
        while left >= value {
            written.push_str(letters);
            left -= value;
        }
    }
    written
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_written_as_they_are_printed() {
        let written = |style: NumberStyle, numbers: &[u32]| -> Vec<String> {
            numbers.iter().map(|&number| style.write(number)).collect()
        };
        assert_eq!(
            written(NumberStyle::Chinese, &[1, 10, 12, 20, 21, 100, 103, 110, 1001, 2010]),
            [
                "一",
                "十",
                "十二",
                "二十",
                "二十一",
                "一百",
                "一百零三",
                "一百一十",
                "一千零一",
                "二千零一十"
            ]
        );
        assert_eq!(written(NumberStyle::ChineseFormal, &[2, 10, 15]), ["贰", "拾", "拾伍"]);
        assert_eq!(written(NumberStyle::HeavenlyStem, &[1, 10, 11]), ["甲", "癸", "11"]);
        assert_eq!(written(NumberStyle::Circled, &[1, 20, 21]), ["①", "⑳", "21"]);
        assert_eq!(written(NumberStyle::Bracketed, &[3]), ["⑶"]);
        assert_eq!(written(NumberStyle::FullWidth, &[10]), ["１０"]);
        assert_eq!(written(NumberStyle::UpperLetter, &[1, 26, 27]), ["A", "Z", "AA"]);
        assert_eq!(
            written(NumberStyle::LowerRoman, &[4, 9, 14, 1990]),
            ["iv", "ix", "xiv", "mcmxc"]
        );
        assert_eq!(written(NumberStyle::Unnumbered, &[1]), [""]);
        assert_eq!(NumberStyle::of_open_document("一, 二, 三, ..."), NumberStyle::Chinese);
        assert_eq!(NumberStyle::of_word("chineseCounting"), NumberStyle::Chinese);
    }
}
