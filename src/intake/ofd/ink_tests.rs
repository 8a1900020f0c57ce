//! What paths and letters are drawn with, and what they are seen within.

use super::drawing_tests::{WHITE, dot, drawn_of, inked, with_font};
use super::picture_tests::{SCAN, opened, scans};
use super::tests::page;
use super::*;

const GREEN: [u8; 3] = [0, 128, 0];
const BLACK: [u8; 3] = [0; 3];

/// A path from the corner of an area at this place, in millimetres.
fn path((x, y): (u32, u32), attributes: &str, inside: &str, data: &str) -> String {
    format!(
        "<ofd:PathObject Boundary='{x} {y} 100 100' {attributes}>{inside}<ofd:AbbreviatedData>{data}\
         </ofd:AbbreviatedData></ofd:PathObject>"
    )
}

/// The page of these objects, and its dots at these places in tenths of millimetres.
fn dots<const N: usize>(objects: &str, places: [(u32, u32); N]) -> [[u8; 3]; N] {
    let page = drawn_of(objects, "");
    places.map(|(x, y)| dot(&page, x, y))
}

const LINE: &str = "M 0 0 L 80 0";

#[test]
fn draw_parameters_go_by_what_is_nearest_to_the_object() {
    let line = |attributes: &str| path((10, 10), attributes, "", LINE);
    let edge = [(500, 100), (500, 108), (500, 118)];
    assert_eq!(dots(&line(""), edge), [BLACK, WHITE, WHITE]);
    assert_eq!(dots(&line("DrawParam='40'"), edge), [GREEN, GREEN, WHITE]);
    assert_eq!(dots(&line("DrawParam='40' LineWidth='4'"), edge), [GREEN, GREEN, GREEN]);
    let red = path((10, 10), "DrawParam='40'", "<ofd:StrokeColor Value='255 0 0'/>", LINE);
    assert_eq!(dots(&red, edge), [[255, 0, 0], [255, 0, 0], WHITE]);
    // One that goes by another, and two that go by each other.
    assert_eq!(dots(&line("DrawParam='41' DashPattern=''"), edge), [GREEN, GREEN, WHITE]);
    assert_eq!(dots(&line("DrawParam='42'"), edge), [BLACK, BLACK, BLACK]);
    assert_eq!(dots(&line("DrawParam='99'"), edge), [BLACK, WHITE, WHITE]);
    // What the layer says goes for objects of it that say nothing themselves.
    let layers = |first: &str| {
        let next = "</ofd:Layer><ofd:Layer DrawParam='40'>";
        format!("{first}{next}{}", line(""))
    };
    assert_eq!(dots(&layers(""), edge), [GREEN, GREEN, WHITE]);
    let own = format!("</ofd:Layer><ofd:Layer DrawParam='40'>{}", line("DrawParam='43'"));
    assert_eq!(dots(&own, edge), [GREEN, GREEN, GREEN]);
    let behind =
        format!("</ofd:Layer><ofd:Layer DrawParam='40'></ofd:Layer><ofd:Layer>{}", line(""));
    assert_eq!(dots(&behind, edge), [BLACK, WHITE, WHITE]);
}

#[test]
fn letters_and_areas_have_the_colours_of_their_draw_parameters() {
    let letter = |attributes: &str| {
        format!(
            "<ofd:TextObject Boundary='20 20 50 20' Font='2' Size='10' {attributes}><ofd:TextCode X='0' \
             Y='10'>渡</ofd:TextCode></ofd:TextObject>"
        )
    };
    // A box stands for the letter, of less than a third of its colour.
    assert_eq!(dots(&letter(""), [(250, 260)]), [[185; 3]]);
    assert_eq!(dots(&letter("DrawParam='41'"), [(250, 260)]), [[185, 185, 255]]);
    let square = "M 0 0 L 20 0 L 20 20 L 0 20 C";
    let area =
        |attributes: &str| path((10, 10), &format!("Stroke='false' {attributes}"), "", square);
    assert_eq!(dots(&area("Fill='true' DrawParam='40'"), [(200, 200)]), [[200, 0, 0]]);
    assert_eq!(dots(&area("Fill='true' DrawParam='40' Alpha='0'"), [(200, 200)]), [WHITE]);
    // No colour is said: a path is not filled, and what is not to be filled has none.
    assert_eq!(dots(&area("Fill='true'"), [(200, 200)]), [WHITE]);
    assert_eq!(dots(&area("DrawParam='40'"), [(200, 200)]), [WHITE]);
}

#[test]
fn lines_have_their_ends_corners_and_dashes() {
    let beyond = [(895, 100), (904, 100)];
    let line = |attributes: &str| path((10, 10), attributes, "", LINE);
    assert_eq!(dots(&line("LineWidth='2'"), beyond), [BLACK, WHITE]);
    assert_eq!(dots(&line("LineWidth='2' Cap='Square'"), beyond), [BLACK, BLACK]);
    assert_eq!(dots(&line("LineWidth='2' Cap='Round'"), beyond), [BLACK, BLACK]);
    let corner = |attributes: &str| {
        let bent =
            path((10, 10), &format!("LineWidth='8' {attributes}"), "", "M 0 20 L 40 20 L 40 60");
        // In the corner of the corner, and halfway to it.
        dots(&bent, [(535, 265), (515, 285)])
    };
    assert_eq!(corner(""), [BLACK, BLACK]);
    assert_eq!(corner("Join='Round'"), [WHITE, BLACK]);
    assert_eq!(corner("Join='Bevel'"), [WHITE, BLACK]);
    assert_eq!(corner("MiterLimit='1.1'"), [WHITE, BLACK], "it reaches farther than it may");
    // Five millimetres of a dash and as many of a gap.
    let places = [(125, 100), (175, 100), (225, 100), (875, 100)];
    let dashed = |attributes: &str| dots(&line(&format!("LineWidth='2' {attributes}")), places);
    assert_eq!(dashed("DashPattern='5 5'"), [BLACK, WHITE, BLACK, WHITE]);
    assert_eq!(dashed("DashPattern='5 5' DashOffset='5'"), [WHITE, BLACK, WHITE, BLACK]);
    assert_eq!(dashed("DashPattern='5'"), [BLACK, WHITE, BLACK, WHITE]);
    assert_eq!(dots(&line("DrawParam='41'"), places), [GREEN, WHITE, GREEN, WHITE]);
    let through =
        ["", "0 0", "-5 5", "x", "5 0", "0.01 0.01", "1e-300 1e-300", "inf", "1e308 1e308"];
    let lines = through.iter().zip(1..).map(|(pattern, at)| {
        let attributes = format!("LineWidth='2' DashPattern='{pattern}' DashOffset='-1e300'");
        path((10, 10 * at), &attributes, "", LINE)
    });
    let page = drawn_of(&lines.collect::<String>(), "");
    for (pattern, at) in through.iter().zip(1..) {
        let found = places.map(|(x, _)| dot(&page, x, 100 * at));
        assert_eq!(found, [BLACK; 4], "{pattern}");
    }
}

#[test]
fn more_dashes_than_are_drawn_are_refused() {
    let lines = format!("M 0 0 {}", "L 210 297 L 0 0 ".repeat(1_000));
    let drawn = |attributes: &str| {
        let dashed = path((0, 0), attributes, "", &lines);
        drawn(opened(&with_font(&dashed, "")), 1, 3_200)
    };
    assert_eq!(drawn("DashPattern='0.1 0.1'"), Err(UndrawnPage::TooMuch));
    // Wide corners of many short lines.
    let zigzag = format!("M 100 100 {}", "L 100.1 100 L 100 100 ".repeat(75_000));
    let wide = path((0, 0), "LineWidth='100' Join='Round'", "", &zigzag);
    let wide = super::drawn(opened(&with_font(&wide, "")), 1, 3_200);
    assert_eq!(wide, Err(UndrawnPage::TooMuch));
}

fn clip(inside: &str) -> String {
    format!("<ofd:Clips><ofd:Clip>{inside}</ofd:Clip></ofd:Clips>")
}

/// An area of a clip from a corner to a corner, in the coordinates of its object.
fn area([left, top, right, bottom]: [u32; 4]) -> String {
    format!(
        "<ofd:Area><ofd:Path Boundary='{left} {top} 9 9'><ofd:AbbreviatedData>M 0 0 L {0} 0 L {0} {1} L 0 \
         {1} C</ofd:AbbreviatedData></ofd:Path></ofd:Area>",
        right - left,
        bottom - top
    )
}

#[test]
fn objects_are_seen_within_their_clips() {
    let square = "M 0 0 L 40 0 L 40 40 L 0 40 C";
    let filled = |attributes: &str, clips: &str| {
        let inside = format!("<ofd:FillColor Value='0 128 0'/>{clips}");
        let attributes = format!("Fill='true' Stroke='false' {attributes}");
        drawn_of(&path((10, 10), &attributes, &inside, square), "")
    };
    let seen = |clips: &str| inked(&filled("", clips));
    assert_eq!(seen(""), Some([100, 100, 499, 499]));
    assert_eq!(seen(&clip(&area([5, 10, 20, 30]))), Some([150, 200, 299, 399]));
    assert_eq!(seen(&clip(&area([0, 0, 90, 90]))), Some([100, 100, 499, 499]));
    assert_eq!(seen(&clip(&area([60, 60, 90, 90]))), None);
    // Areas of a clip add up, clips cut each other.
    let two = clip(&(area([0, 0, 10, 10]) + &area([20, 20, 30, 30])));
    let page = filled("", &two);
    let places = [(150, 150), (350, 350), (150, 350), (450, 450)];
    assert_eq!(places.map(|(x, y)| dot(&page, x, y)), [GREEN, GREEN, WHITE, WHITE]);
    // So do areas over each other that turn different ways.
    let other_way = "<ofd:Area><ofd:Path><ofd:AbbreviatedData>M 0 0 L 0 20 L 20 20 L 20 0 C</ofd:AbbreviatedData>\
        </ofd:Path></ofd:Area>";
    let over = filled("", &clip(&(area([0, 0, 20, 20]) + other_way)));
    assert_eq!(dot(&over, 150, 150), GREEN);
    let both = format!(
        "<ofd:Clips><ofd:Clip>{}</ofd:Clip><ofd:Clip>{}</ofd:Clip></ofd:Clips>",
        area([0, 0, 20, 20]),
        area([10, 10, 30, 30])
    );
    assert_eq!(seen(&both), Some([200, 200, 299, 299]));
    // One that is no rectangle; one that is turned with its object or not; those that hide nothing.
    let corner = "<ofd:Area><ofd:Path><ofd:AbbreviatedData>M 0 0 L 40 0 L 0 40 C</ofd:AbbreviatedData>\
        </ofd:Path></ofd:Area>";
    let page = filled("", &clip(corner));
    assert_eq!([(150, 150), (450, 450)].map(|(x, y)| dot(&page, x, y)), [GREEN, WHITE]);
    let turned = |clips: &str| inked(&filled("CTM='2 0 0 2 0 0'", clips));
    let small = clip(&area([5, 5, 20, 20]));
    assert_eq!(turned(&small), Some([150, 150, 299, 299]));
    let with_object = small.replace("<ofd:Clips>", "<ofd:Clips TransFlag='true'>");
    assert_eq!(turned(&with_object), Some([200, 200, 499, 499]));
    for none in [
        "",
        "<ofd:Area/>",
        "<ofd:Area><ofd:Text><ofd:TextCode>渡</ofd:TextCode></ofd:Text></ofd:Area>",
    ] {
        assert_eq!(seen(&clip(none)), Some([100, 100, 499, 499]), "{none}");
    }
}

#[test]
fn letters_pictures_and_units_are_clipped_too() {
    let cut = clip(&area([0, 0, 5, 5]));
    let letter = format!(
        "<ofd:TextObject Boundary='20 20 50 20' Font='2' Size='10'>{cut}<ofd:TextCode X='0' Y='10'>渡\
         </ofd:TextCode></ofd:TextObject>"
    );
    assert_eq!(inked(&drawn_of(&letter, "")), Some([206, 222, 249, 249]));
    let unit = format!(
        "<ofd:CompositeObject ResourceID='30' Boundary='20 20 9 9'>{cut}</ofd:CompositeObject>\
         <ofd:CompositeObject ResourceID='30' Boundary='40 20 9 9'/>"
    );
    let places = [(210, 210), (260, 260), (410, 210), (460, 260)];
    assert_eq!(dots(&unit, places), [[0, 0, 255], WHITE, [0, 0, 255], [0, 0, 255]]);
    let scan = SCAN.replace("/>", &format!(">{}</ofd:ImageObject>", clip(&area([0, 0, 100, 50]))));
    let page = drawn(opened(&scans(&[page(&scan)])), 1, 594).expect("drawn");
    assert_eq!(inked(&page), Some([0, 0, 199, 99]));
}

#[test]
fn clips_that_ask_for_too_much_are_refused() {
    let star = "<ofd:Area><ofd:Path><ofd:AbbreviatedData>M 0 0 ".to_owned()
        + &"L 200 290 L 0 1 ".repeat(20_000)
        + "</ofd:AbbreviatedData></ofd:Path></ofd:Area>";
    let unit = format!(
        "<ofd:CompositeObject ResourceID='30' Boundary='0 0 9 9'>{}</ofd:CompositeObject>",
        clip(&star)
    );
    let much = drawn(opened(&with_font(&unit, "")), 1, 3_200);
    assert_eq!(much, Err(UndrawnPage::TooMuch));
}
