//! Reads numbers as they are printed in Chinese (in words, in digits of any width, or mixed), and
//! formats long numbers.

/// The value of one digit: ASCII, full width, 〇一二…九, the financial forms 壹贰叁…, and the
/// circles that scans have in place of 〇. Tens and hundreds are not digits.
#[must_use]
pub fn digit(c: char) -> Option<u32> {
    let value = match c {
        '0'..='9' => c as u32 - '0' as u32,
        '０'..='９' => c as u32 - '０' as u32,
        '〇' | '零' | '○' | '◯' => 0,
        '一' | '壹' | '弌' => 1,
        '二' | '贰' | '貳' | '两' | '兩' => 2,
        '三' | '叁' | '參' => 3,
        '四' | '肆' => 4,
        '五' | '伍' => 5,
        '六' | '陆' | '陸' => 6,
        '七' | '柒' => 7,
        '八' | '捌' => 8,
        '九' | '玖' => 9,
        _ => return None,
    };
    Some(value)
}

/// What 十, 百, 千, 万 multiply by.
fn unit(c: char) -> Option<u32> {
    match c {
        '十' | '拾' => Some(10),
        '百' | '佰' => Some(100),
        '千' | '仟' => Some(1000),
        '万' | '萬' => Some(10_000),
        _ => None,
    }
}

/// 廿 and 卅: tens written as one character.
fn tens(c: char) -> Option<u32> {
    match c {
        '廿' => Some(20),
        '卅' => Some(30),
        '卌' => Some(40),
        _ => None,
    }
}

/// Whether a character can be part of a number: a digit, a unit, or 廿卅.
#[must_use]
pub fn is_numeral(c: char) -> bool {
    digit(c).is_some() || unit(c).is_some() || tens(c).is_some()
}

/// The number that the whole of `text` writes: `2023`, `２０２３`, `二〇二三`, `二十八`, `廿三`,
/// `三百二十`, `元` (the first). Blanks are not skipped. `None` for anything else, and for more
/// than nine digits.
#[must_use]
pub fn number(text: &str) -> Option<u32> {
    if text == "元" {
        return Some(1);
    }
    if text.is_empty() {
        return None;
    }
    if text.chars().any(|c| unit(c).is_some() || tens(c).is_some()) {
        return in_words(text);
    }
    let mut value: u32 = 0;
    for (place, c) in text.chars().enumerate() {
        if place == 9 {
            return None;
        }
        value = value * 10 + digit(c)?;
    }
    Some(value)
}

/// A number with units: 三百二十, 一千零五, 廿三, 1万.
fn in_words(text: &str) -> Option<u32> {
    let mut total: u32 = 0;
    // The part below the next 万.
    let mut section: u32 = 0;
    // The digits read since the last unit.
    let mut pending: Option<u32> = None;
    for c in text.chars() {
        if let Some(value) = digit(c) {
            pending = match pending {
                // 零 only fills an empty place: 一千零五.
                None | Some(0) => Some(value),
                Some(before) => Some(before.checked_mul(10)?.checked_add(value)?),
            };
        } else if let Some(value) = tens(c) {
            if pending.is_some_and(|before| before != 0) {
                return None;
            }
            section = section.checked_add(value)?;
            pending = None;
        } else if unit(c)? == 10_000 {
            section = section.checked_add(pending.take().unwrap_or(0))?;
            total = total.checked_add(section.checked_mul(10_000)?)?;
            section = 0;
        } else {
            let times = match pending.take() {
                None | Some(0) => 1,
                Some(times) => times,
            };
            section = section.checked_add(times.checked_mul(unit(c)?)?)?;
        }
    }
    total.checked_add(section)?.checked_add(pending.unwrap_or(0))
}

/// A number with commas between thousands: `12,345`.
#[must_use]
pub fn grouped(count: u64) -> String {
    let digits = count.to_string();
    let mut shown = String::with_capacity(digits.len() + digits.len() / 3);
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            shown.push(',');
        }
        shown.push(digit);
    }
    shown
}

/// What a sign of magnitude multiplies by: 十 百 千 万 亿.
#[must_use]
pub fn magnitude(sign: char) -> Option<f64> {
    Some(match sign {
        '十' => 1e1,
        '百' => 1e2,
        '千' => 1e3,
        '万' => 1e4,
        '亿' => 1e8,
        _ => return None,
    })
}

/// A unit without the 万 and 亿 before it: 元 of 亿元, 千瓦时 of 万千瓦时. 元人民币 is 元.
#[must_use]
pub fn base_unit(unit: &str) -> &str {
    match unit.trim_start_matches(['万', '亿']) {
        "元人民币" => "元",
        unit => unit,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_in_every_script_of_print_are_read() {
        for (text, expected) in [
            ("2023", 2023),
            ("２０２３", 2023),
            ("二〇二三", 2023),
            ("二○二三", 2023),
            ("二零零九", 2009),
            ("二0二三", 2023),
            ("一九八五", 1985),
            ("十", 10),
            ("十一", 11),
            ("二十八", 28),
            ("三十一", 31),
            ("廿三", 23),
            ("卅", 30),
            ("卅一", 31),
            ("三百二十", 320),
            ("一千零五", 1005),
            ("一百零八", 108),
            ("两万三千", 23_000),
            ("元", 1),
            ("壹贰叁", 123),
            ("贰拾", 20),
            ("参" /* not the numeral */, 0),
        ] {
            let expected = (expected != 0).then_some(expected);
            assert_eq!(number(text), expected, "{text}");
        }
    }

    #[test]
    fn what_is_no_number_is_refused() {
        for text in ["", "年", "二月", "12a", "1234567890", "五廿"] {
            assert_eq!(number(text), None, "{text}");
        }
    }

    proptest::proptest! {
        #[test]
        fn any_text_is_read_without_panic(text in "[0-9０-９〇一二三四五六七八九十百千万廿卅元零a]{0,14}") {
            let _ = number(&text);
        }

        #[test]
        fn a_printed_number_is_read_back(value in 0u32..999_999_999) {
            proptest::prop_assert_eq!(number(&value.to_string()), Some(value));
        }
    }
}
