//! A font's map from codes to Unicode (ISO 32000-1, 9.10.3). Read by its tokens, because what writers put around the mappings
//! differs.

/// Codes in order, each range with what its first one shows; in UTF-16.
#[derive(Default)]
pub(super) struct UnicodeMap {
    ranges: Vec<Range>,
}

struct Range {
    first: u32,
    last: u32,
    shows: Vec<u16>,
}

/// What one code may show: ligatures have three characters, emoji with all their parts some ten.
const SHOWN_UNITS_MAX: usize = 64;

enum Token<'a> {
    /// `<...>`, as bytes.
    Hex(Vec<u8>),
    Open,
    Close,
    Word(&'a [u8]),
}

impl UnicodeMap {
    pub(super) fn read(content: &[u8]) -> Self {
        let mut map = Self::default();
        let mut tokens = Tokens(content);
        while let Some(token) = tokens.next() {
            match token {
                Token::Word(b"beginbfchar") => map.chars(&mut tokens),
                Token::Word(b"beginbfrange") => map.ranges(&mut tokens),
                _ => {}
            }
        }
        // The first of two that map one code counts.
        map.ranges.sort_by_key(|range| range.first);
        map
    }

    pub(super) const fn is_empty(&self) -> bool {
        self.ranges.is_empty()
    }

    /// Adds what a code shows. False: the map does not say.
    pub(super) fn show(&self, code: u32, out: &mut String) -> bool {
        let behind = self.ranges.partition_point(|range| range.first <= code);
        let Some(range) = behind.checked_sub(1).and_then(|at| self.ranges.get(at)) else {
            return false;
        };
        if code > range.last || range.shows.is_empty() {
            return false;
        }
        // The last unit counts on, as a number.
        let on = code - range.first;
        let last = range.shows.len() - 1;
        let units = range.shows.iter().enumerate().map(|(at, unit)| {
            if at == last {
                u16::try_from((u32::from(*unit) + on) & 0xffff).expect("16 bits")
            } else {
                *unit
            }
        });
        let shown = char::decode_utf16(units);
        out.extend(shown.map(|c| c.unwrap_or(char::REPLACEMENT_CHARACTER)));
        true
    }

    /// `<code> <shows>`, until another word.
    fn chars(&mut self, tokens: &mut Tokens<'_>) {
        while let (Some(Token::Hex(code)), Some(Token::Hex(shows))) = (tokens.next(), tokens.next())
        {
            let code = number(&code);
            self.push(code, code, &shows);
        }
    }

    /// `<first> <last> <shows>` or `<first> <last> [<shows> ...]`.
    fn ranges(&mut self, tokens: &mut Tokens<'_>) {
        while let (Some(Token::Hex(first)), Some(Token::Hex(last))) = (tokens.next(), tokens.next())
        {
            let (first, last) = (number(&first), number(&last));
            match tokens.next() {
                Some(Token::Hex(shows)) => self.push(first, last, &shows),
                Some(Token::Open) => {
                    let mut code = first;
                    while let Some(Token::Hex(shows)) = tokens.next() {
                        self.push(code, code, &shows);
                        code = code.saturating_add(1);
                    }
                }
                _ => return,
            }
        }
    }

    fn push(&mut self, first: u32, last: u32, shows: &[u8]) {
        let units = shows
            .chunks_exact(2)
            .map(|pair| u16::from_be_bytes([pair[0], pair[1]]))
            .take(SHOWN_UNITS_MAX);
        // One byte is what some write for ASCII.
        let shows = match shows {
            [byte] => vec![u16::from(*byte)],
            _ => units.collect(),
        };
        self.ranges.push(Range { first, last, shows });
    }
}

/// The first four bytes, as a number.
fn number(bytes: &[u8]) -> u32 {
    bytes
        .iter()
        .take(4)
        .fold(0, |number, byte| number << 8 | u32::from(*byte))
}

struct Tokens<'a>(&'a [u8]);

impl<'a> Iterator for Tokens<'a> {
    type Item = Token<'a>;

    fn next(&mut self) -> Option<Token<'a>> {
        loop {
            let (first, rest) = self.0.split_first()?;
            match first {
                b'%' => {
                    let end = memchr::memchr2(b'\n', b'\r', rest).unwrap_or(rest.len());
                    self.0 = &rest[end..];
                }
                b'<' if rest.first() == Some(&b'<') => self.0 = &rest[1..],
                b'<' => {
                    let end = memchr::memchr(b'>', rest)?;
                    self.0 = &rest[end + 1..];
                    return Some(Token::Hex(hex(&rest[..end])));
                }
                b'[' | b']' => {
                    self.0 = rest;
                    let open = *first == b'[';
                    return Some(if open { Token::Open } else { Token::Close });
                }
                byte if byte.is_ascii_alphanumeric() || *byte == b'/' => {
                    let is_end = |byte: &u8| !byte.is_ascii_alphanumeric();
                    let end = rest.iter().position(is_end).unwrap_or(rest.len());
                    let word = &self.0[..=end];
                    self.0 = &rest[end..];
                    return Some(Token::Word(word));
                }
                _ => self.0 = rest,
            }
        }
    }
}

fn hex(digits: &[u8]) -> Vec<u8> {
    let digits = digits
        .iter()
        .filter_map(|digit| char::from(*digit).to_digit(16));
    let digits: Vec<u32> = digits.collect();
    digits
        .chunks(2)
        // An odd last digit has a zero behind it.
        .map(|pair| pair[0] << 4 | pair.get(1).copied().unwrap_or(0))
        .map(|byte| u8::try_from(byte).expect("two digits"))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn mappings_are_found_in_whatever_stands_around_them() {
        let map = UnicodeMap::read(
            b"%!PS\n/CIDSystemInfo <</Registry (Adobe)/Supplement 0>>def\n1 begincodespacerange<00><ff>endcodespacerange\n\
              2 beginbfchar<01><8EAB>\n<0002> <D842DFB7>endbfchar 2 beginbfrange<0010><0019><0030>\n\
              <0020> <0021> [<0066 0069> <41>] endbfrange",
        );
        let show = |code| {
            let mut out = String::new();
            map.show(code, &mut out).then_some(out)
        };
        assert_eq!(show(1).as_deref(), Some("身"));
        assert_eq!(show(2).as_deref(), Some("𠮷"));
        assert_eq!(show(0x15).as_deref(), Some("5"));
        assert_eq!(show(0x20).as_deref(), Some("fi"));
        assert_eq!(show(0x21).as_deref(), Some("A"));
        for unknown in [0, 3, 0x1a, 0x22, u32::MAX] {
            assert_eq!(show(unknown), None);
        }
    }
}
