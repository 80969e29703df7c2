//! `.br` and `.gz` beside each file, so that the server compresses nothing while it answers.

use super::Mode;
use anyhow::Result;
use std::fs;
use std::io::Write;
use std::path::Path;

/// Writes a file and its two compressed forms.
pub fn write_with_compressed(path: &Path, content: &[u8], mode: Mode) -> Result<()> {
    fs::write(path, content)?;
    fs::write(with_suffix(path, "br"), brotli(content, mode)?)?;
    fs::write(with_suffix(path, "gz"), gzip(content, mode)?)?;
    Ok(())
}

/// Brotli: quality 11 once for many readers, 4 while developing.
pub fn brotli(content: &[u8], mode: Mode) -> Result<Vec<u8>> {
    let quality = if mode == Mode::Release { 11 } else { 4 };
    let mut compressed = Vec::new();
    let mut writer = brotli::CompressorWriter::new(&mut compressed, 1 << 16, quality, 22);
    writer.write_all(content)?;
    writer.flush()?;
    drop(writer);
    Ok(compressed)
}

fn gzip(content: &[u8], mode: Mode) -> Result<Vec<u8>> {
    let level = if mode == Mode::Release { 9 } else { 1 };
    let mut writer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::new(level));
    writer.write_all(content)?;
    Ok(writer.finish()?)
}

fn with_suffix(path: &Path, suffix: &str) -> std::path::PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(".");
    name.push(suffix);
    name.into()
}
