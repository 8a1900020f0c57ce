//! The names of fitted features: a template with its arguments, as a number and in words.

use std::fmt;

use super::class::CLASSES;

/// What a template looks at; its features are told together, those of characters one by one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Group {
    /// The characters at the ends of a line.
    Characters,
    /// The forms and lengths of the lines around it.
    Forms,
    /// What recurs in the publication.
    Habits,
    /// Words shared with the units beside it.
    Words,
}

/// What an argument of a template is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Argument {
    Character,
    Class,
    Number,
}

use Argument::{Character, Class, Number};

impl Group {
    /// Its name as the rule of a reason.
    pub fn name(self) -> &'static str {
        match self {
            Self::Characters => "characters",
            Self::Forms => "forms",
            Self::Habits => "habits",
            Self::Words => "words",
        }
    }
}

/// A template: its number, its name in the fitted table, what it looks at, and its arguments.
struct KeyTemplate {
    number: u8,
    name: &'static str,
    group: Group,
    arguments: &'static [Argument],
}

const fn template(
    number: u8,
    name: &'static str,
    group: Group,
    arguments: &'static [Argument],
) -> KeyTemplate {
    KeyTemplate { number, name, group, arguments }
}

/// All templates. `-1` is the unit before, `+1` the one after.
const TEMPLATES: &[KeyTemplate] = &[
    template(0, "first", Group::Characters, &[Character]),
    template(1, "last", Group::Characters, &[Character]),
    template(2, "first_two", Group::Characters, &[Character, Character]),
    template(3, "last_two", Group::Characters, &[Character, Character]),
    template(4, "text_first", Group::Characters, &[Character]),
    template(5, "text_last", Group::Characters, &[Character]),
    template(6, "text_first_two", Group::Characters, &[Character, Character]),
    template(7, "text_last_two", Group::Characters, &[Character, Character]),
    template(8, "last_two-1", Group::Characters, &[Character, Character]),
    template(9, "first_two+1", Group::Characters, &[Character, Character]),
    template(20, "form", Group::Forms, &[Class]),
    template(21, "form-1,0", Group::Forms, &[Class, Class]),
    template(22, "form0,+1", Group::Forms, &[Class, Class]),
    template(23, "form-1,0,+1", Group::Forms, &[Class, Class, Class]),
    template(24, "form-2,-1,0", Group::Forms, &[Class, Class, Class]),
    template(25, "form0,+1,+2", Group::Forms, &[Class, Class, Class]),
    template(26, "form-2,0,+2", Group::Forms, &[Class, Class, Class]),
    template(27, "length", Group::Forms, &[Number]),
    template(28, "length,form+1", Group::Forms, &[Number, Class]),
    template(29, "form-1,length", Group::Forms, &[Class, Number]),
    template(30, "length-1,0", Group::Forms, &[Number, Number]),
    template(31, "length0,+1", Group::Forms, &[Number, Number]),
    template(32, "form-3,-2,-1", Group::Forms, &[Class, Class, Class]),
    template(33, "form+1,+2,+3", Group::Forms, &[Class, Class, Class]),
    template(34, "texts_before,form", Group::Forms, &[Number, Class]),
    template(35, "texts_after,form", Group::Forms, &[Number, Class]),
    template(36, "texts_before,texts_after,form", Group::Forms, &[Number, Number, Class]),
    template(70, "indent-1,0,+1", Group::Forms, &[Number, Number, Number]),
    template(71, "indent,form,indent+1", Group::Forms, &[Number, Class, Number]),
    template(72, "indent-1,0,form", Group::Forms, &[Number, Number, Class]),
    template(73, "indent-1,form-1,form", Group::Forms, &[Number, Class, Class]),
    template(74, "gap-1,0,+1", Group::Forms, &[Number, Number, Number]),
    template(75, "gap,gap+1,form", Group::Forms, &[Number, Number, Class]),
    template(76, "gap,form-1,form", Group::Forms, &[Number, Class, Class]),
    template(77, "series,span,form", Group::Forms, &[Number, Number, Class]),
    template(40, "recurring_beginning", Group::Habits, &[Number, Number]),
    template(41, "recurring_end", Group::Habits, &[Number, Number]),
    template(42, "recurring_line", Group::Habits, &[Number, Number]),
    template(43, "recurring_form", Group::Habits, &[Number, Number]),
    template(44, "recurrence-1,0,+1", Group::Habits, &[Number, Number, Number]),
    template(45, "recurrence,form", Group::Habits, &[Number, Class]),
    template(46, "recurrence-1,form-1,form", Group::Habits, &[Number, Class, Class]),
    template(47, "recurrence+1,form+1,form", Group::Habits, &[Number, Class, Class]),
    template(48, "recurrence-2,-1,0", Group::Habits, &[Number, Number, Number]),
    template(49, "recurrence0,+1,+2", Group::Habits, &[Number, Number, Number]),
    template(52, "pair-1,0,+1", Group::Habits, &[Number, Number, Number]),
    template(53, "pair-1,pair,form", Group::Habits, &[Number, Number, Class]),
    template(54, "pair,form,form+1", Group::Habits, &[Number, Class, Class]),
    template(55, "pair+1,form,form+1", Group::Habits, &[Number, Class, Class]),
    template(50, "words_after,words_before,short", Group::Words, &[Number, Number, Number]),
    template(51, "shift,form", Group::Words, &[Number, Class]),
    template(58, "words-1,form-1,form", Group::Words, &[Number, Class, Class]),
    template(59, "words+1,form,form+1", Group::Words, &[Number, Class, Class]),
    template(60, "words+1,words-1,form", Group::Words, &[Number, Number, Class]),
    template(61, "words+2,words+1,form", Group::Words, &[Number, Number, Class]),
    template(62, "words-2,words-1,form", Group::Words, &[Number, Number, Class]),
    template(63, "turn,form", Group::Words, &[Number, Class]),
    template(64, "near_after,near_before,short", Group::Words, &[Number, Number, Number]),
    template(65, "near_across,form-1,form", Group::Words, &[Number, Class, Class]),
    template(66, "near_after,form,form+1", Group::Words, &[Number, Class, Class]),
    template(67, "near_before,form-1,form", Group::Words, &[Number, Class, Class]),
];

/// The templates and the classes with their names and meaning, one after the other.
pub(in crate::split) fn names() -> impl Iterator<Item = String> {
    let templates = TEMPLATES
        .iter()
        .map(|template| format!("{} {:?} {:?}", template.name, template.group, template.arguments));
    templates.chain(CLASSES.iter().map(|(_, name)| (*name).to_owned()))
}

/// A feature: the template in the upper byte, then arguments of 20, 18 and 18 bits. Sorted by
/// template.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Key(u64);

impl Key {
    pub(super) fn new(template: u8, a: u32, b: u32, c: u32) -> Self {
        let cut = |argument: u32| u64::from(argument) & 0x3ffff;
        Self(u64::from(template) << 56 | (u64::from(a) & 0xfffff) << 36 | cut(b) << 18 | cut(c))
    }

    /// What its template looks at.
    pub fn group(self) -> Group {
        self.template().map_or(Group::Forms, |template| template.group)
    }

    /// The name of its template, and the characters that it looks for.
    pub fn characters(self) -> Option<(&'static str, String)> {
        let template = self.template().filter(|template| template.group == Group::Characters)?;
        let characters = template.arguments.iter().zip(self.arguments());
        Some((template.name, characters.filter_map(|(_, c)| char::from_u32(c)).collect()))
    }

    /// The key of a name in the fitted table; `None` if it is none.
    pub fn parse(name: &str) -> Option<Self> {
        let mut parts = name.split(' ');
        let template = parts.next()?;
        let template = TEMPLATES.iter().find(|known| known.name == template)?;
        let mut values = [0; 3];
        for (value, argument) in values.iter_mut().zip(template.arguments) {
            let part = parts.next()?;
            *value = match argument {
                Character => {
                    let hexadecimal = part.strip_prefix("U+");
                    hexadecimal
                        .and_then(|digits| u32::from_str_radix(digits, 16).ok())
                        .or_else(|| part.chars().next().map(u32::from))?
                }
                Class => CLASSES.iter().position(|(_, name)| *name == part)? as u32,
                Number => part.parse().ok()?,
            };
        }
        parts.next().is_none().then(|| Self::new(template.number, values[0], values[1], values[2]))
    }

    fn template(self) -> Option<&'static KeyTemplate> {
        let number = (self.0 >> 56) as u8;
        TEMPLATES.iter().find(|template| template.number == number)
    }

    fn arguments(self) -> [u32; 3] {
        let part = |shift: u32, bits: u64| (self.0 >> shift & bits) as u32;
        [part(36, 0xfffff), part(18, 0x3ffff), part(0, 0x3ffff)]
    }
}

/// The name in the fitted table: the template and its arguments, with blanks between them.
impl fmt::Display for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Some(template) = self.template() else { return write!(f, "{:x}", self.0) };
        f.write_str(template.name)?;
        for (argument, value) in template.arguments.iter().zip(self.arguments()) {
            match argument {
                Character => match char::from_u32(value) {
                    Some(c) if c.is_alphanumeric() || (!c.is_control() && c > '\u{ff}') => {
                        write!(f, " {c}")?;
                    }
                    _ => write!(f, " U+{value:04X}")?,
                },
                Class => {
                    let name = CLASSES.get(value as usize).map_or("?", |(_, name)| *name);
                    write!(f, " {name}")?;
                }
                Number => write!(f, " {value}")?,
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_gives_back_its_key() {
        for key in [
            Key::new(3, '完' as u32, '）' as u32, 0),
            Key::new(8, '"' as u32, '𠀀' as u32, 0),
            Key::new(23, 1, 6, 22),
            Key::new(50, 7, 0, 1),
        ] {
            assert_eq!(Key::parse(&key.to_string()), Some(key), "{key}");
        }
        assert_eq!(Key::new(23, 1, 6, 7).to_string(), "form-1,0,+1 line text sentence");
        assert_eq!(Key::parse("short"), None);
        assert_eq!(Key::parse("length 3 4"), None);
    }

    #[test]
    fn numbers_and_names_of_templates_are_distinct() {
        for (place, one) in TEMPLATES.iter().enumerate() {
            for other in &TEMPLATES[place + 1..] {
                assert!(one.number != other.number && one.name != other.name, "{}", one.name);
            }
        }
    }
}
