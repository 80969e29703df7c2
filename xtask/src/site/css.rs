//! The style: `style/main.css` with all that it imports, in one minified file.

use anyhow::{Result, anyhow, ensure};
use lightningcss::bundler::{Bundler, FileProvider};
use lightningcss::stylesheet::{MinifyOptions, ParserOptions, PrinterOptions};
use std::path::Path;

/// Bundles and minifies.
///
/// No browser list is given, so nothing is rewritten for older browsers: `oklch()`, `@layer`,
/// `:has()` and `field-sizing` arrive as they were written, and fallbacks stand in the style itself.
pub fn bundle(main: &Path) -> Result<String> {
    ensure!(main.is_file(), "Style: {} is missing.", main.display());
    let files = FileProvider::new();
    let mut bundler = Bundler::new(&files, None, ParserOptions::default());
    let mut sheet = bundler
        .bundle(main)
        .map_err(|error| anyhow!("Style: {error}"))?;
    sheet
        .minify(MinifyOptions::default())
        .map_err(|error| anyhow!("Style: {error}"))?;
    let options = PrinterOptions {
        minify: true,
        ..PrinterOptions::default()
    };
    Ok(sheet
        .to_css(options)
        .map_err(|error| anyhow!("Style: {error}"))?
        .code)
}

#[cfg(test)]
mod tests {
    use super::bundle;
    use std::fs;

    fn bundled(tokens: &str) -> String {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let main = folder.path().join("main.css");
        fs::write(&main, "@layer tokens, base;\n@import \"tokens.css\";").expect("written");
        fs::write(folder.path().join("tokens.css"), tokens).expect("written");
        bundle(&main).expect("bundled")
    }

    #[test]
    fn layers_keep_the_order_that_the_first_line_gives_them() {
        let css = bundled("@layer base { b { color: red } } @layer tokens { a { color: tan } }");
        let place = |name: &str| css.find(&format!("@layer {name}")).expect(name);
        assert!(
            css.contains("b{color:red}") && css.contains("a{color:tan}"),
            "{css}"
        );
        assert!(place("tokens") < place("base"), "{css}");
    }

    #[test]
    fn modern_values_arrive_as_they_were_written() {
        let css = bundled(
            "@layer base {
               :root { --accent: oklch(62.5% 0.12 250); --wash: light-dark(#fff, #000) }
               .area { field-sizing: content; color: light-dark(red, blue) }
               .page:has(#none:target) .list { color: color-mix(in oklch, currentcolor 45%, transparent) }
               @media (width >= 60rem) { .page { color: oklch(62.5% 0.12 250) } }
             }",
        );
        for part in [
            "--accent:oklch(62.5% .12 250)",
            "--wash:light-dark(",
            "field-sizing:content",
            ":has(#none:target)",
            "color-mix(in oklch, currentcolor 45%, transparent)",
            "color:oklch(62.5% .12 250)",
            "@layer base",
            "color:light-dark(red,",
        ] {
            assert!(css.contains(part), "{part} is missing in {css}");
        }
    }

    #[test]
    fn a_missing_import_is_told_with_its_name() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let main = folder.path().join("main.css");
        fs::write(&main, "@import \"nowhere.css\";").expect("written");
        let error = bundle(&main).expect_err("no such file").to_string();
        assert!(error.starts_with("Style: "), "{error}");
    }
}
