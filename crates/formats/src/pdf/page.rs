//! What a page shows: its operators are followed as far as they move and show text (ISO 32000-1, 9.4), and places become spaces
//! and lines.

use std::collections::{HashMap, HashSet};
use std::rc::Rc;

use lopdf::content::{Content, Operation};
use lopdf::{Dictionary, Document, Object, ObjectId, Stream, decode_text_string};

use super::font::{Font, Shown, as_number, dereference, field};
use super::{PdfProblem, STREAM_BYTES_MAX, STREAMS_BYTES_MAX, TEXT_BYTES_MAX};

/// Operators of a file that are followed.
const OPERATIONS_MAX: usize = 5_000_000;
/// Fonts of a file. A book in many parts has some hundreds.
const FONTS_MAX: usize = 4_096;
/// How deep forms hang in forms.
const FORMS_DEPTH_MAX: usize = 8;
/// Graphics states put aside at once. ISO 32000-1, annex C: readers hold 28.
const STATES_MAX: usize = 512;

/// Shares of the font's size: sideways, a gap that is a space, and one that is another column; across, another line.
const SPACE: f64 = 0.2;
const COLUMN: f64 = 1.5;
const LINE: f64 = 0.4;

/// Reads the pages of one file.
pub(super) struct Reader<'a> {
    pub(super) document: &'a Document,
    /// Fields whose values were read, by their addresses.
    pub(super) said: HashSet<*const Dictionary>,
    /// By the address of the dictionary that each was read from: the document does not move.
    fonts: HashMap<*const Dictionary, Rc<Font<'a>>>,
    operations_left: usize,
    bytes_left: usize,
}

/// A matrix `a b c d e f`, as PDF writes them.
#[derive(Clone, Copy)]
struct Matrix([f64; 6]);

const IDENTITY: Matrix = Matrix([1.0, 0.0, 0.0, 1.0, 0.0, 0.0]);

#[derive(Clone)]
struct State<'a> {
    to_page: Matrix,
    font: Option<Rc<Font<'a>>>,
    size: f64,
    leading: f64,
    between_codes: f64,
    between_words: f64,
    stretch: f64,
}

/// One stream of operators being followed.
struct Walk<'a, 'w> {
    /// Dictionaries of resources, the nearest first.
    resources: &'w [&'a Dictionary],
    state: State<'a>,
    put_aside: Vec<State<'a>>,
    line: Matrix,
    text: Matrix,
    depth: usize,
}

/// The text so far.
pub(super) struct Lines<'t> {
    out: &'t mut String,
    /// Where it stopped.
    pen: Option<(f64, f64)>,
    /// Text that no map explains was shown.
    unknown: bool,
    /// A picture was shown.
    pictures: bool,
}

impl<'a> Reader<'a> {
    pub(super) fn new(document: &'a Document) -> Self {
        Self {
            document,
            said: HashSet::new(),
            fonts: HashMap::new(),
            operations_left: OPERATIONS_MAX,
            bytes_left: STREAMS_BYTES_MAX,
        }
    }

    /// Adds the text of one page, a line end behind it.
    pub(super) fn page(&mut self, page: ObjectId, out: &mut String) -> Result<(), PdfProblem> {
        let begin = out.len();
        let mut lines = Lines::new(out);
        let resources = self.resources(page);
        let limit = STREAM_BYTES_MAX.min(self.bytes_left);
        let content = self.document.get_page_content_with_limit(page, limit);
        let shown = content
            .map_err(|error| super::problem_of(&error))
            .and_then(|content| {
                let state = State {
                    to_page: IDENTITY,
                    font: None,
                    size: 0.0,
                    leading: 0.0,
                    between_codes: 0.0,
                    between_words: 0.0,
                    stretch: 1.0,
                };
                self.follow(&content, &resources, state, 0, &mut lines)
            });
        lines.end()?;
        let is_picture = lines.pictures && lines.out[begin..].trim().is_empty();
        self.annotations(page, &mut lines)?;
        shown?;
        if lines.unknown {
            return Err(PdfProblem::Damaged);
        }
        if is_picture {
            return Err(PdfProblem::Pictures);
        }
        Ok(())
    }

    fn resources(&self, page: ObjectId) -> Vec<&'a Dictionary> {
        let Ok((own, referred)) = self.document.get_page_resources(page) else {
            return Vec::new();
        };
        let referred = referred
            .into_iter()
            .filter_map(|id| self.document.get_dictionary(id).ok());
        own.into_iter().chain(referred).collect()
    }

    /// Notes on the page, and what was filled in.
    fn annotations(&mut self, page: ObjectId, lines: &mut Lines<'_>) -> Result<(), PdfProblem> {
        for annotation in self.document.get_page_annotations(page).unwrap_or_default() {
            self.value(annotation, lines)?;
            let note = field(self.document, annotation, b"Contents");
            if let Some(text) = note.and_then(|note| decode_text_string(note).ok()) {
                lines.push(&text)?;
                lines.end()?;
            }
        }
        Ok(())
    }

    fn follow(
        &mut self,
        content: &[u8],
        resources: &[&'a Dictionary],
        state: State<'a>,
        depth: usize,
        lines: &mut Lines<'_>,
    ) -> Result<(), PdfProblem> {
        self.bytes_left = self
            .bytes_left
            .checked_sub(content.len())
            .ok_or(PdfProblem::TooLarge)?;
        let mut walk = Walk {
            resources,
            state,
            put_aside: Vec::new(),
            line: IDENTITY,
            text: IDENTITY,
            depth,
        };
        for operation in Content::decode_iter(content) {
            let operation = operation.map_err(|_| PdfProblem::Damaged)?;
            self.operations_left = self
                .operations_left
                .checked_sub(1)
                .ok_or(PdfProblem::TooLarge)?;
            self.step(&mut walk, &operation, lines)?;
        }
        Ok(())
    }

    fn step(
        &mut self,
        walk: &mut Walk<'a, '_>,
        operation: &Operation,
        lines: &mut Lines<'_>,
    ) -> Result<(), PdfProblem> {
        let operands = &operation.operands;
        let number = |at: usize| operands.get(at).and_then(as_number).unwrap_or(0.0);
        match operation.operator.as_str() {
            "q" if walk.put_aside.len() < STATES_MAX => walk.put_aside.push(walk.state.clone()),
            "Q" => {
                if let Some(state) = walk.put_aside.pop() {
                    walk.state = state;
                }
            }
            "cm" => walk.state.to_page = matrix(operands).then(walk.state.to_page),
            "BT" => walk.go_to(IDENTITY),
            "Tf" => {
                let name = operands.first().and_then(|name| name.as_name().ok());
                walk.state.font = self.font(walk.resources, name.unwrap_or_default())?;
                walk.state.size = number(1);
            }
            "Tc" => walk.state.between_codes = number(0),
            "Tw" => walk.state.between_words = number(0),
            "Tz" => walk.state.stretch = number(0) / 100.0,
            "TL" => walk.state.leading = number(0),
            "Td" => walk.move_by(number(0), number(1)),
            "TD" => {
                walk.state.leading = -number(1);
                walk.move_by(number(0), number(1));
            }
            "Tm" => walk.go_to(matrix(operands)),
            "T*" => walk.next_line(),
            "Tj" | "TJ" => walk.show_all(operands, lines)?,
            "'" => {
                walk.next_line();
                walk.show_all(operands, lines)?;
            }
            "\"" => {
                walk.state.between_words = number(0);
                walk.state.between_codes = number(1);
                walk.next_line();
                walk.show_all(operands.get(2..).unwrap_or_default(), lines)?;
            }
            "BI" => lines.pictures = true,
            "Do" => {
                if let Some(name) = operands.first().and_then(|name| name.as_name().ok()) {
                    self.form(walk, name, lines)?;
                }
            }
            _ => {}
        }
        Ok(())
    }

    /// Follows a form, which is a stream of operators with resources of its own.
    fn form(
        &mut self,
        walk: &mut Walk<'a, '_>,
        name: &[u8],
        lines: &mut Lines<'_>,
    ) -> Result<(), PdfProblem> {
        let Some(form) = self.resource(walk.resources, b"XObject", name) else {
            return Ok(());
        };
        let document = self.document;
        let Some(stream) = dereference(document, form).and_then(|form| form.as_stream().ok())
        else {
            return Ok(());
        };
        let is_form = field(document, &stream.dict, b"Subtype")
            .is_some_and(|kind| kind.as_name().is_ok_and(|kind| kind == b"Form"));
        if !is_form {
            lines.pictures = true;
            return Ok(());
        }
        if walk.depth == FORMS_DEPTH_MAX {
            return Err(PdfProblem::TooLarge);
        }
        let content = self.content(stream)?;
        let own = field(document, &stream.dict, b"Resources").and_then(|own| own.as_dict().ok());
        let resources: Vec<&Dictionary> = own
            .into_iter()
            .chain(walk.resources.iter().copied())
            .collect();
        let mut state = walk.state.clone();
        if let Some(own) = field(document, &stream.dict, b"Matrix")
            && let Ok(own) = own.as_array()
        {
            state.to_page = matrix(own).then(state.to_page);
        }
        self.follow(&content, &resources, state, walk.depth + 1, lines)
    }

    pub(super) fn content(&self, stream: &Stream) -> Result<Vec<u8>, PdfProblem> {
        let limit = STREAM_BYTES_MAX.min(self.bytes_left);
        let content = stream.get_plain_content_with_limit(limit);
        content.map_err(|error| super::problem_of(&error))
    }

    fn font(
        &mut self,
        resources: &[&'a Dictionary],
        name: &[u8],
    ) -> Result<Option<Rc<Font<'a>>>, PdfProblem> {
        let named = self.resource(resources, b"Font", name);
        let font = named.and_then(|font| dereference(self.document, font)?.as_dict().ok());
        let Some(font) = font else {
            return Ok(None);
        };
        if let Some(known) = self.fonts.get(&std::ptr::from_ref(font)) {
            return Ok(Some(Rc::clone(known)));
        }
        let read = Rc::new(Font::read(self.document, font));
        let left = self.bytes_left.checked_sub(read.map_bytes);
        self.bytes_left = left
            .filter(|_| self.fonts.len() < FONTS_MAX)
            .ok_or(PdfProblem::TooLarge)?;
        self.fonts.insert(font, Rc::clone(&read));
        Ok(Some(read))
    }

    fn resource(
        &self,
        resources: &[&'a Dictionary],
        kind: &[u8],
        name: &[u8],
    ) -> Option<&'a Object> {
        resources.iter().find_map(|resources| {
            let named = field(self.document, resources, kind)?.as_dict().ok()?;
            named.get(name).ok()
        })
    }
}

impl Walk<'_, '_> {
    fn go_to(&mut self, place: Matrix) {
        self.line = place;
        self.text = place;
    }

    fn move_by(&mut self, x: f64, y: f64) {
        self.go_to(Matrix([1.0, 0.0, 0.0, 1.0, x, y]).then(self.line));
    }

    fn next_line(&mut self) {
        self.move_by(0.0, -self.state.leading);
    }

    /// Strings, and in lists of them numbers that move the pen back.
    fn show_all(&mut self, shown: &[Object], lines: &mut Lines<'_>) -> Result<(), PdfProblem> {
        for one in shown {
            match one {
                Object::String(codes, _) => self.show(codes, lines)?,
                Object::Array(list) => {
                    for one in list {
                        if let Object::String(codes, _) = one {
                            self.show(codes, lines)?;
                        } else if let Some(back) = as_number(one) {
                            let state = &self.state;
                            self.advance(-back / 1_000.0 * state.size * state.stretch);
                        }
                    }
                }
                _ => {}
            }
        }
        Ok(())
    }

    fn show(&mut self, codes: &[u8], lines: &mut Lines<'_>) -> Result<(), PdfProblem> {
        let state = &self.state;
        let Some(font) = &state.font else {
            lines.unknown |= !codes.is_empty();
            return Ok(());
        };
        let mut shown = String::new();
        let Shown {
            width,
            codes: count,
            known,
        } = font.show(codes, &mut shown);
        lines.unknown |= !known;
        let mut forward = width / 1_000.0 * state.size;
        #[expect(
            clippy::cast_precision_loss,
            reason = "a string has far fewer than 2^52 codes"
        )]
        {
            forward += count as f64 * state.between_codes;
            if font.has_spaces() {
                let spaces = memchr::memchr_iter(b' ', codes).count();
                forward += spaces as f64 * state.between_words;
            }
        }
        let forward = forward * state.stretch;
        let placed = self.text.then(state.to_page);
        lines.go_to(placed, state.size);
        lines.push(&shown)?;
        self.advance(forward);
        lines.pen = Some(self.text.then(self.state.to_page).origin());
        Ok(())
    }

    fn advance(&mut self, forward: f64) {
        self.text = Matrix([1.0, 0.0, 0.0, 1.0, forward, 0.0]).then(self.text);
    }
}

impl<'t> Lines<'t> {
    pub(super) const fn new(out: &'t mut String) -> Self {
        Self {
            out,
            pen: None,
            unknown: false,
            pictures: false,
        }
    }

    /// Before text at a place: what lies between it and the text before.
    fn go_to(&mut self, place: Matrix, size: f64) {
        let Some(pen) = self.pen else { return };
        let [a, b, ..] = place.0;
        let scale = a.hypot(b);
        let em = (size * scale).abs();
        if scale == 0.0 || em == 0.0 || !em.is_finite() {
            return self.out.push('\n');
        }
        let (x, y) = place.origin();
        let (x, y) = (x - pen.0, y - pen.1);
        let along = (x * a + y * b) / scale / em;
        let across = (y * a - x * b).abs() / scale / em;
        let is_open = !self.out.ends_with(['\n', ' ', '\t']);
        if across > LINE || along < -1.0 {
            if !self.out.ends_with('\n') {
                self.out.push('\n');
            }
        } else if is_open && along > COLUMN {
            self.out.push('\t');
        } else if is_open && along > SPACE {
            self.out.push(' ');
        }
    }

    pub(super) fn push(&mut self, text: &str) -> Result<(), PdfProblem> {
        if self.out.len() + text.len() >= TEXT_BYTES_MAX {
            return Err(PdfProblem::TooLarge);
        }
        // A character that no map explains shows as a mark, and zero is no text.
        self.out.extend(text.chars().filter(|c| *c != '\0'));
        Ok(())
    }

    pub(super) fn end(&mut self) -> Result<(), PdfProblem> {
        self.pen = None;
        if self.out.is_empty() || self.out.ends_with('\n') {
            return Ok(());
        }
        self.push("\n")
    }
}

impl Matrix {
    /// This one, and then another (ISO 32000-1, 8.3.4).
    fn then(self, next: Self) -> Self {
        let [xx, xy, yx, yy, x, y] = next.0;
        let turn = |across: f64, up: f64| (across * xx + up * yx, across * xy + up * yy);
        let [first, second, place] =
            [(0, 1), (2, 3), (4, 5)].map(|(at, up)| turn(self.0[at], self.0[up]));
        Self([
            first.0,
            first.1,
            second.0,
            second.1,
            place.0 + x,
            place.1 + y,
        ])
    }

    const fn origin(self) -> (f64, f64) {
        (self.0[4], self.0[5])
    }
}

/// The first six operands.
fn matrix(operands: &[Object]) -> Matrix {
    let mut matrix = [0.0; 6];
    for (place, operand) in matrix.iter_mut().zip(operands) {
        *place = as_number(operand).unwrap_or(0.0);
    }
    Matrix(matrix)
}
