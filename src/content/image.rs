//! Images of the content directory that articles show.
//!
//! An article refers to an image by a path, from its own folder or from the content
//! directory, or by its name alone as notes do. What there is to refer to was found by the
//! same walk that finds articles, so no path and no link leads out of the directory. An
//! image is known by the hash of its bytes, which are read when somebody asks for them and
//! kept nowhere: what has changed since is not the image that was asked for.
//!
//! Not here: where images stand in an article (`markdown`), how they look on its page
//! (`html`), and who may load them (`index`).

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use imagesize::{Compression, ImageType, blob_size, image_type};
use rayon::prelude::*;
use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};
use unicode_normalization::UnicodeNormalization;

use super::article::Article;
use super::diagnostic::{DiagnosticCode as Code, Problem};
use super::link::{paths, scheme, split_fragment, url_path};
use super::load::is_trusted;
use super::raw_html::{Piece, RawTag, pieces};
use super::walk::File;

/// More is no illustration, and a burden on everybody who opens the page.
const MOST_BYTES: u64 = 10 << 20;

/// How the names of images end.
const EXTENSIONS: [&str; 7] = ["png", "jpg", "jpeg", "gif", "webp", "avif", "svg"];

/// Folders that site generators serve from the top of a site.
const SERVED_FOLDERS: [&str; 2] = ["static", "public"];

/// Returns whether the name of a file is that of an image.
pub(super) fn is_image(path: &Path) -> bool {
    let extension = path.extension();
    extension.is_some_and(|found| EXTENSIONS.iter().any(|known| found.eq_ignore_ascii_case(known)))
}

/// An image file of the content directory.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Image {
    /// Relative to the content directory, with slashes.
    pub path: String,
    /// Of its bytes.
    pub hash: String,
    /// What its bytes are, whatever its name says.
    pub format: ImageFormat,
    /// In pixels, as it is shown.
    pub width: u32,
    /// In pixels, as it is shown.
    pub height: u32,
}

/// What the bytes of an image are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum ImageFormat {
    /// Portable Network Graphics.
    Png,
    /// A photo.
    Jpeg,
    /// Graphics Interchange Format.
    Gif,
    /// WebP.
    Webp,
    /// AV1.
    Avif,
    /// A drawing, which is a document of its own.
    Svg,
}

impl ImageFormat {
    /// Returns the media type.
    pub fn content_type(self) -> &'static str {
        match self {
            Self::Png => "image/png",
            Self::Jpeg => "image/jpeg",
            Self::Gif => "image/gif",
            Self::Webp => "image/webp",
            Self::Avif => "image/avif",
            Self::Svg => "image/svg+xml",
        }
    }
}

impl Image {
    /// Returns the name of its file.
    pub fn name(&self) -> &str {
        self.path.rsplit('/').next().unwrap_or_default()
    }

    /// Returns its address for customers.
    pub fn url(&self) -> String {
        format!("{URL_PREFIX}{}/{}", self.hash, url_path(self.name()))
    }

    /// Returns its width and height as it is to be shown: as `width` says, if that is sensible.
    pub(super) fn size(&self, width: Option<u32>) -> (u32, u32) {
        match width.filter(|width| (1..=self.width).contains(width)) {
            Some(width) => {
                let height = f64::from(self.height) * f64::from(width) / f64::from(self.width);
                (width, height.round().max(1.0) as u32)
            }
            None => (self.width, self.height),
        }
    }

    /// Reads its bytes; nothing if they are no longer the same.
    pub fn read(&self, content: &Path) -> Option<Vec<u8>> {
        let path = content.join(&self.path);
        let is_sensible = |metadata: &fs::Metadata| metadata.is_file() && metadata.len() <= MOST_BYTES;
        fs::metadata(&path).ok().filter(is_sensible)?;
        fs::read(&path).ok().filter(|bytes| hash(bytes) == self.hash)
    }
}

/// What the addresses of all images start with.
pub(super) const URL_PREFIX: &str = "/media/";

fn hash(bytes: &[u8]) -> String {
    blake3::hash(bytes).to_hex()[..32].to_owned()
}

/// How an article refers to an image.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct ImageReference {
    /// A path or a name, as it is written.
    pub destination: String,
    /// It is embedded as notes are, where a name is enough.
    pub is_note: bool,
}

/// A reference as it stands in a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct WrittenImage {
    pub(crate) reference: ImageReference,
    pub(crate) line: u32,
    /// Something says in words what is to be seen.
    pub(crate) has_alt: bool,
}

/// An image that an article shows.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct ShownImage {
    /// How the article refers to it.
    pub reference: ImageReference,
    /// What it is.
    pub image: Image,
}

/// The images of a content directory. Those that articles refer to are read, and kept in
/// mind until they change.
#[derive(Debug, Default)]
pub(crate) struct Images {
    files: Vec<File>,
    /// Places in `files` by path as it is compared.
    by_path: FxHashMap<String, Vec<usize>>,
    /// Places in `files` by name as it is compared.
    by_name: FxHashMap<String, Vec<usize>>,
    /// What was read, by path.
    known: FxHashMap<String, Known>,
}

#[derive(Debug)]
struct Known {
    file: File,
    /// Whether the file was old enough for its stamp to tell of the next change.
    is_trusted: bool,
    image: Result<Image, Unusable>,
}

/// Why an image cannot be shown.
#[derive(Clone, Debug)]
enum Unusable {
    TooLarge,
    Unreadable(String),
    NoImage,
}

impl Images {
    /// Takes the files that are there now.
    pub(crate) fn found(&mut self, files: Vec<File>) {
        self.by_path.clear();
        self.by_name.clear();
        for (place, file) in files.iter().enumerate() {
            let Some(path) = file.path.to_str() else { continue };
            let name = file.path.file_name().unwrap_or_default().to_string_lossy();
            self.by_path.entry(key(path)).or_default().push(place);
            self.by_name.entry(key(&name)).or_default().push(place);
        }
        self.files = files;
    }

    /// Finds what an article refers to; nothing if that is not for us to know.
    pub(crate) fn find(
        &self,
        article: &Article,
        reference: &ImageReference,
    ) -> Result<Option<usize>, Problem> {
        let destination = reference.destination.trim();
        let is_elsewhere = scheme(destination).is_some() || destination.starts_with("//");
        // What programs put in is not there yet.
        if is_elsewhere || destination.trim_matches('/').is_empty() || destination.contains(['{', '}']) {
            return Ok(None);
        }
        let path = split_fragment(destination).0;
        let file = path.split('?').next().unwrap_or_default();
        let has_extension = Path::new(file).extension().is_some();
        if !is_image(Path::new(file)) && (reference.is_note || has_extension) {
            // A note may be embedded, or a recording.
            return if reference.is_note { Ok(None) } else { Err(no_image(destination)) };
        }
        let paths = paths(article, path);
        if paths.is_empty() {
            return Err(outside(destination));
        }
        let is_rooted = path.starts_with('/') || path.starts_with("@/");
        let found = paths.iter().find_map(|path| self.at(path));
        let found =
            found.or_else(|| paths.iter().filter(|_| is_rooted).find_map(|path| self.served_at(path)));
        match found {
            Some(place) => Ok(Some(place)),
            None if reference.is_note => self.named(file, destination).map(Some),
            None => Err(missing(destination)),
        }
    }

    /// Returns the file at a path of the content directory. Upper and lower case are one,
    /// unless both are there.
    fn at(&self, path: &str) -> Option<usize> {
        let places = self.by_path.get(&key(path))?;
        let exact = places.iter().find(|place| self.files[**place].path.to_str() == Some(path));
        exact.or(places.first()).copied()
    }

    /// Returns the file that a site serves at a path: of a folder that is for such files, or
    /// of the content directory, where the whole site is below some path.
    fn served_at(&self, path: &str) -> Option<usize> {
        let served = SERVED_FOLDERS.iter().map(|folder| format!("{folder}/{path}"));
        let below = path.match_indices('/').map(|(at, _)| &path[at + 1..]);
        // A name alone could be that of another image.
        let below = below.filter(|rest| rest.contains('/')).map(str::to_owned);
        served.chain(below).find_map(|path| self.at(&path))
    }

    /// Returns the only file of a name, or at the path from the top that a note gives.
    fn named(&self, file: &str, destination: &str) -> Result<usize, Problem> {
        if let Some(place) = self.at(file) {
            return Ok(place);
        }
        match self.by_name.get(&key(file)).map(Vec::as_slice) {
            Some([place]) => Ok(*place),
            Some(_) => Err(ambiguous(destination)),
            None => Err(missing(destination)),
        }
    }

    /// Reads the files at these places that are new or changed, and forgets all others.
    pub(crate) fn read(&mut self, content: &Path, places: &BTreeSet<usize>) {
        let mut before = std::mem::take(&mut self.known);
        let (mut known, mut changed) = (FxHashMap::default(), Vec::new());
        for file in places.iter().map(|place| &self.files[*place]) {
            let Some(path) = file.path.to_str() else { continue };
            match before.remove(path).filter(|known| known.is_trusted && known.file == *file) {
                Some(kept) => drop(known.insert(path.to_owned(), kept)),
                None => changed.push((path.to_owned(), file)),
            }
        }
        known.par_extend(changed.into_par_iter().map(|(path, file)| {
            let image = read(content, file, &path);
            let known = Known { file: file.clone(), is_trusted: is_trusted(&file.stamp), image };
            (path, known)
        }));
        self.known = known;
    }

    /// Returns the image that an article refers to, which was read, or why it cannot be
    /// shown; nothing if that is not for us to know.
    pub(crate) fn image(
        &self,
        article: &Article,
        reference: &ImageReference,
    ) -> Result<Option<&Image>, Problem> {
        let place = self.find(article, reference)?;
        let known = place.and_then(|place| self.known.get(self.files[place].path.to_str()?));
        let image = known.map(|known| known.image.as_ref()).transpose();
        image.map_err(|unusable| match unusable {
            Unusable::TooLarge => too_large(&reference.destination),
            Unusable::Unreadable(reason) => unreadable(&reference.destination, reason),
            Unusable::NoImage => no_image(&reference.destination),
        })
    }
}

/// Returns a path as it is compared: systems differ in how they write names.
fn key(path: &str) -> String {
    path.replace('\\', "/").nfc().collect::<String>().to_lowercase()
}

fn read(content: &Path, file: &File, path: &str) -> Result<Image, Unusable> {
    if file.stamp.size > MOST_BYTES {
        return Err(Unusable::TooLarge);
    }
    let bytes =
        fs::read(content.join(&file.path)).map_err(|error| Unusable::Unreadable(error.to_string()))?;
    let (format, width, height) = measure(&bytes).ok_or(Unusable::NoImage)?;
    Ok(Image { path: path.to_owned(), hash: hash(&bytes), format, width, height })
}

fn missing(destination: &str) -> Problem {
    let message = format!("the image `{destination}` is not there; correct its path or add that file");
    Problem::warning(Code::MissingImage, message)
}

fn outside(destination: &str) -> Problem {
    let message =
        format!("the image `{destination}` is outside the content directory; copy it into the directory");
    Problem::warning(Code::MissingImage, message)
}

fn ambiguous(destination: &str) -> Problem {
    let message = format!("several images have the name `{destination}`; write the path of the one you mean");
    Problem::warning(Code::MissingImage, message)
}

fn no_image(destination: &str) -> Problem {
    let message = format!(
        "`{destination}` is no image that browsers show; save it as png, jpg, gif, webp, avif or svg"
    );
    Problem::warning(Code::NotAnImage, message)
}

fn too_large(destination: &str) -> Problem {
    let message = format!("the image `{destination}` has more than 10 MB; make it smaller");
    Problem::warning(Code::LargeImage, message)
}

fn unreadable(destination: &str, reason: &str) -> Problem {
    let message = format!("the image `{destination}` cannot be read: {reason}; check its permissions");
    Problem::warning(Code::Unreadable, message)
}

/// Says that nothing tells in words what is to be seen on an image.
pub(super) fn without_alt(destination: &str) -> Problem {
    let message = format!(
        "the image `{destination}` has no text for those who cannot see it; write what it shows: \
         `![Where the code is](…)`"
    );
    Problem::warning(Code::ImageWithoutAlt, message)
}

/// Finds out what an image is, and how wide and high it is shown; nothing if it is none.
pub(crate) fn measure(bytes: &[u8]) -> Option<(ImageFormat, u32, u32)> {
    let format = match image_type(bytes) {
        Ok(ImageType::Png) => ImageFormat::Png,
        Ok(ImageType::Jpeg) => ImageFormat::Jpeg,
        Ok(ImageType::Gif) => ImageFormat::Gif,
        Ok(ImageType::Webp) => ImageFormat::Webp,
        Ok(ImageType::Heif(Compression::Av1)) => ImageFormat::Avif,
        Ok(_) => return None,
        Err(_) => {
            let (width, height) = svg_size(std::str::from_utf8(bytes).ok()?)?;
            return Some((ImageFormat::Svg, width, height));
        }
    };
    let size = blob_size(bytes).ok()?;
    let (width, height) = (u32::try_from(size.width).ok()?, u32::try_from(size.height).ok()?);
    let (width, height) = if format == ImageFormat::Jpeg && lies_on_its_side(bytes) {
        (height, width)
    } else {
        (width, height)
    };
    (width > 0 && height > 0).then_some((format, width, height))
}

/// Returns whether a photo says that it is to be turned by a quarter.
fn lies_on_its_side(jpeg: &[u8]) -> bool {
    orientation(jpeg).is_some_and(|orientation| (5..=8).contains(&orientation))
}

/// Reads the orientation from the Exif data of a photo.
fn orientation(jpeg: &[u8]) -> Option<u16> {
    let exif = exif(jpeg)?;
    let is_little = exif.starts_with(b"II");
    let pair = |at: usize| -> Option<u16> {
        let bytes = exif.get(at..at + 2)?.try_into().ok()?;
        Some(if is_little { u16::from_le_bytes(bytes) } else { u16::from_be_bytes(bytes) })
    };
    let (first, second) = (usize::from(pair(4)?), usize::from(pair(6)?));
    let entries = if is_little { first | second << 16 } else { first << 16 | second };
    let count = usize::from(pair(entries)?);
    let mut entries = (0..count).map(|index| entries + 2 + index * 12);
    let entry = entries.find(|at| pair(*at) == Some(0x0112))?;
    pair(entry + 8)
}

/// Returns the Exif data of a photo, which come before the picture.
fn exif(jpeg: &[u8]) -> Option<&[u8]> {
    let mut rest = jpeg.get(2..)?;
    loop {
        let [0xFF, marker, high, low] = *rest.first_chunk()? else { return None };
        let length = usize::from(u16::from_be_bytes([high, low]));
        let segment = rest.get(4..2 + length)?;
        match (marker, segment.strip_prefix(b"Exif\0\0")) {
            (0xE1, Some(exif)) => return Some(exif),
            (0xDA, _) => return None,
            _ => rest = &rest[2 + length..],
        }
    }
}

/// The size of a drawing that says nothing of it, as browsers have it.
const UNSAID: (f64, f64) = (300.0, 150.0);

/// Reads the size of a drawing: what it says, else the box that it is drawn in.
fn svg_size(text: &str) -> Option<(u32, u32)> {
    let text = text.trim_start_matches('\u{feff}');
    let mut tags = pieces(text).filter_map(|piece| match piece {
        Piece::Tag(tag) => Some(tag),
        Piece::Text(_) => None,
    });
    let root = tags.next().filter(|tag| tag.name == "svg" && !tag.closes)?;
    // Without it, browsers take it for some document.
    root.attribute("xmlns").filter(|namespace| namespace == "http://www.w3.org/2000/svg")?;
    let length = |name: &str| root.attribute(name).and_then(|value| pixels(&value));
    let (width, height) = match (length("width"), length("height"), view_box(&root)) {
        (Some(width), Some(height), _) => (width, height),
        (Some(width), None, Some((w, h))) => (width, width * h / w),
        (None, Some(height), Some((w, h))) => (height * w / h, height),
        (None, None, Some(size)) => size,
        (width, height, None) => (width.unwrap_or(UNSAID.0), height.unwrap_or(UNSAID.1)),
    };
    let whole = |length: f64| (1.0..1e6).contains(&length.round()).then_some(length.round() as u32);
    Some((whole(width)?, whole(height)?))
}

/// Reads a length; nothing if it depends on the page.
fn pixels(length: &str) -> Option<f64> {
    let length = length.trim();
    let unit = length.find(|c: char| c.is_ascii_alphabetic() || c == '%').unwrap_or(length.len());
    let number: f64 = length[..unit].trim().parse().ok()?;
    let factor = match &length[unit..] {
        "" | "px" => 1.0,
        "pt" => 96.0 / 72.0,
        "pc" => 16.0,
        "in" => 96.0,
        "cm" => 96.0 / 2.54,
        "mm" => 96.0 / 25.4,
        _ => return None,
    };
    Some(number * factor)
}

fn view_box(root: &RawTag) -> Option<(f64, f64)> {
    let value = root.attribute("viewBox")?;
    let numbers = value.split([' ', ',', '\n', '\t', '\r']).filter(|number| !number.is_empty());
    let numbers: Vec<f64> = numbers.map(str::parse).collect::<Result<_, _>>().ok()?;
    match numbers[..] {
        [_, _, width, height] if width > 0.0 && height > 0.0 => Some((width, height)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn svg(attributes: &str) -> Option<(u32, u32)> {
        svg_size(&format!("<?xml version=\"1.0\"?>\n<!-- a drawing -->\n<svg {attributes}><path/></svg>"))
    }

    #[test]
    fn drawings_are_as_large_as_they_say() {
        let svg = |attributes: &str| svg(&format!("xmlns='http://www.w3.org/2000/svg' {attributes}"));
        assert_eq!(svg("width='120' height='80px' viewBox='0 0 1 1'"), Some((120, 80)));
        assert_eq!(svg("viewBox='0 0 480 269.6'"), Some((480, 270)));
        assert_eq!(svg("viewBox='0,0,480,240' width='100%'"), Some((480, 240)));
        assert_eq!(svg("viewBox='0 0 480 240' width='240'"), Some((240, 120)));
        assert_eq!(svg("height='1in' width='25.4mm'"), Some((96, 96)));
        assert_eq!(svg(""), Some((300, 150)));
        assert_eq!(svg("width='0' height='1'"), None);
        assert_eq!(svg("viewBox='0 0 1e300 1'"), None);
    }

    #[test]
    fn what_browsers_do_not_draw_is_no_image() {
        assert_eq!(svg("width='1' height='1'"), None);
        for text in ["", "text", "<html><svg xmlns='http://www.w3.org/2000/svg'/></html>", "<svg"] {
            assert_eq!(svg_size(text), None, "{text}");
        }
        for bytes in [b"".as_slice(), b"\x89PNG", b"GIF89a", b"\xff\xd8\xff", b"BM000000000000", b"\0\x01"] {
            assert_eq!(measure(bytes), None, "{bytes:?}");
        }
    }

    /// A photo of 2 × 1 pixels, as far as its size is looked at.
    fn photo(exif: &[u8]) -> Vec<u8> {
        let mut bytes = vec![0xFF, 0xD8];
        if !exif.is_empty() {
            bytes.extend([0xFF, 0xE1, 0, 8 + exif.len() as u8]);
            bytes.extend(b"Exif\0\0");
            bytes.extend(exif);
        }
        bytes.extend([0xFF, 0xC0, 0, 11, 8, 0, 1, 0, 2, 1, 0, 0, 0, 0xFF, 0xD9]);
        bytes
    }

    #[test]
    fn photos_are_measured_as_they_are_shown() {
        let little = b"II*\0\x08\0\0\0\x01\0\x12\x01\x03\0\x01\0\0\0\x06\0\0\0";
        let big = b"MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0\x03\0\0";
        assert_eq!(measure(&photo(b"")), Some((ImageFormat::Jpeg, 2, 1)));
        assert_eq!(measure(&photo(little)), Some((ImageFormat::Jpeg, 1, 2)));
        assert_eq!(measure(&photo(big)), Some((ImageFormat::Jpeg, 2, 1)));
        for length in 0..little.len() {
            assert!(measure(&photo(&little[..length])).is_some(), "{length}");
        }
    }
}
