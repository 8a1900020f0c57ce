//! Which division code has a territory that figures are of?

use crate::gazetteer::Gazetteer;
use crate::model::Place;

/// Digits of the codes of counties and all above them.
const DIGITS: usize = 6;

/// The code of a territory by its name: six digits (GB/T 2260), nine of towns, `CN` for the whole
/// country. Of several divisions of this name it is the one that the article names, which is
/// among `named`. `None` for a name
/// without a code (zones), an unknown one, and one that several divisions share.
#[must_use]
pub fn area_code(name: &str, named: &[Place]) -> Option<String> {
    if name == "全国" {
        return Some("CN".to_owned());
    }
    let gazetteer = Gazetteer::built_in();
    let codes: Vec<&str> =
        gazetteer.resolve(name).iter().filter_map(|division| division.code).collect();
    let code = match codes.as_slice() {
        [only] => only,
        several => several
            .iter()
            .find(|code| named.iter().any(|place| place.code.as_deref() == Some(code)))?,
    };
    Some(format!("{code:0<DIGITS$}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_have_six_digits_and_the_article_decides_between_namesakes() {
        let of = |name: &str| area_code(name, &[]);
        assert_eq!(of("河南省").as_deref(), Some("410000"));
        assert_eq!(of("新密市").as_deref(), Some("410183"));
        assert_eq!(of("全国").as_deref(), Some("CN"));
        assert_eq!(of("鼓楼区"), None);
        assert_eq!(of("没有的地方"), None);
        let kaifeng = Place { code: Some("410204".into()), ..Place::default() };
        assert_eq!(area_code("鼓楼区", &[kaifeng]).as_deref(), Some("410204"));
    }
}
