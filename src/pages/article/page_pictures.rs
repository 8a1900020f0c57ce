//! The pages that an article was printed on, with its lines and what a search matches marked.

use std::borrow::Cow;

use maud::{Markup, html};

use crate::model::{LineRange, PageArea, Record};
use crate::pages::layout::links;
use crate::present;
use crate::present::{Lang, NoPictures, PICTURE_SIDES, PageMarks};
use crate::present::{errors, words};

/// Pages whose pictures are shown; others are links.
const MAX_SHOWN: usize = 4;

/// The margin of frames, in ten-thousandths of the page.
const MARGIN: u16 = 50;

/// The pictures, each with its marks, or why there are none. A box leads to its lines in the table of the source.
pub(crate) fn page_pictures(
    lang: Lang,
    record: &Record,
    pages: &Result<Vec<PageMarks>, NoPictures>,
) -> Markup {
    let pages = match pages {
        Ok(pages) => pages,
        Err(why) => {
            return html! {
                section aria-labelledby="page-images" {
                    h2 #page-images { (lang.of("版面图像", "Page images")) }
                    p.small { (why_none(lang, why)) }
                }
            };
        }
    };
    let (shown, others) = pages.split_at(pages.len().min(MAX_SHOWN));
    let large = |page| links::picture(&record.source, page, PICTURE_SIDES[PICTURE_SIDES.len() - 1]);
    html! {
        @if !pages.is_empty() {
            section.page-images aria-labelledby="page-images" {
                h2 #page-images { (lang.of("版面图像", "Page images")) }
                @for marks in shown {
                    figure {
                        div.sheet {
                            img src=(links::picture(&record.source, marks.page, PICTURE_SIDES[1]))
                                alt=(alt(lang, marks)) loading="lazy" decoding="async";
                            (overlay(lang, marks))
                        }
                        figcaption.small {
                            (words::file_page(lang, marks.page))
                            @if !marks.matches.is_empty() {
                                " · " (lang.of(
                                    format!("命中 {} 处", words::number(marks.matches.len() as u64)),
                                    format!("{} marked", words::number(marks.matches.len() as u64)),
                                ))
                            }
                            " · " a href=(large(marks.page)) {
                                (lang.of("查看大图", "Larger picture"))
                            }
                        }
                    }
                }
                @if !others.is_empty() {
                    p.small {
                        (lang.of("还见于：", "Also on: "))
                        @for marks in others {
                            a href=(large(marks.page)) { (words::file_page(lang, marks.page)) } " "
                        }
                    }
                }
            }
        }
    }
}

fn why_none(lang: Lang, why: &NoPictures) -> Cow<'static, str> {
    let said = match why {
        NoPictures::Source(error) => {
            let error = errors::error(lang, error);
            return lang.of(format!("没有图像：{error}"), format!("None: {error}")).into();
        }
        NoPictures::Changed => lang.of(
            "没有图像：文件在入库后有改动。",
            "None: the file was changed after it was ingested.",
        ),
        NoPictures::InArchive => lang.of(
            "没有图像：文件在压缩包内；解压后即可显示旁边的图像。",
            "None: the file is in an archive; unpacked, it has the pictures beside it.",
        ),
        NoPictures::NoneBeside => lang.of(
            "没有图像：文件所列的图像不在，旁边也没有同名的图像。",
            "None: no picture that the file states is there, and none of its name lies beside it.",
        ),
    };
    said.into()
}

fn alt(lang: Lang, marks: &PageMarks) -> String {
    let page = words::file_page(lang, marks.page);
    lang.of(
        format!("{page}的图像，本文所在处已框出"),
        format!("Picture of {page}, with this article framed"),
    )
}

/// What is drawn over a picture, in ten-thousandths of its width and height.
fn overlay(lang: Lang, marks: &PageMarks) -> Markup {
    let view = format!("0 0 {0} {0}", PageArea::WHOLE);
    html! {
        svg viewBox=(view) preserveAspectRatio="none" role="group"
            aria-label=(lang.of("本文在版面上的位置", "Where this article stands")) {
            @for (lines, area) in &marks.blocks {
                a href={ "#L" (lines.0) } aria-label=(block_name(lang, *lines)) {
                    (rectangle("block", around(*area)))
                }
            }
            @for area in &marks.matches { (rectangle("match", *area)) }
            @for area in &marks.doubtful { (rectangle("doubtful", *area)) }
        }
    }
}

fn block_name(lang: Lang, lines: LineRange) -> String {
    let lines = present::lines(&[lines]);
    lang.of(format!("原文第 {lines} 行"), format!("Lines {lines} of the source"))
}

/// The area with a margin, so that its frame touches no characters: lines have none.
fn around(area: PageArea) -> PageArea {
    PageArea {
        left: area.left.saturating_sub(MARGIN),
        top: area.top.saturating_sub(MARGIN),
        right: (area.right + MARGIN).min(PageArea::WHOLE as u16),
        bottom: (area.bottom + MARGIN).min(PageArea::WHOLE as u16),
    }
}

fn rectangle(class: &str, area: PageArea) -> Markup {
    let PageArea { left, top, right, bottom } = area;
    html! {
        rect class=(class) x=(left) y=(top) width=(right - left) height=(bottom - top) {}
    }
}
