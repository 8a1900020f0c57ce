//! dev
use dibao::model::SourceText;
fn main() {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let explain = args[0] == "-x";
    for p in args.iter().filter(|a| *a != "-x") {
        let bytes = std::fs::read(p).unwrap();
        let text = String::from_utf8_lossy(&bytes).into_owned();
        let s = SourceText::from_text(std::path::Path::new(p).file_name().unwrap().to_str().unwrap(), text);
        let c = dibao::split::split(&s);
        if explain {
            for (i, l) in s.lines.iter().enumerate() {
                let t = s.line(i);
                if t.trim().is_empty() { continue; }
                let o = c.owners[i];
                let first = o.is_some() && (0..i).rev().find(|&j| !s.line(j).trim().is_empty()).is_none_or(|j| c.owners[j] != o);
                if first { let a = &c.articles[o.unwrap() as usize]; println!("=== {} {:?} conf {:.3} T={:?} K={:?} O={:?} S={:?}", o.unwrap(), a.kind, a.cut.confidence, a.title, a.kicker, a.outlet, a.section); }
                println!("{:5} {:10} {}", l.number, format!("{:?}", c.roles[i]), t.chars().take(60).collect::<String>());
            }
            for e in c.contents.iter().filter(|e| e.article.is_none()) { println!("UNMATCHED {:?}", e); }
            println!("publication {:?} issue {:?} contents {}", c.publication, c.issue, c.contents.len());
            continue;
        }
        for a in &c.articles {
            println!("{}", serde_json::json!({"source": s.path, "kind": a.kind, "title": a.title, "kicker": a.kicker, "outlet": a.outlet, "docno": a.docno, "body": a.body, "credit": a.credit, "lines": a.lines, "conf": a.cut.confidence}));
        }
    }
}
