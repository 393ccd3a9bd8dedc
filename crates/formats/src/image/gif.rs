//! GIF: blocks. Comments and application blocks go, but for the two that say how often it plays.

use std::io::{Read, Seek};

use super::Taken;
use super::plan::{Plan, note_xmp};
use super::source::{Source, Stop};

/// Application blocks that decoders read: repetition of an animation, colour profile.
const KEPT: [&[u8; 11]; 3] = [b"NETSCAPE2.0", b"ANIMEXTS1.0", b"ICCRGBG1012"];

const EXTENSION: u8 = 0x21;
const IMAGE: u8 = 0x2c;
const TRAILER: u8 = 0x3b;
const APPLICATION: u8 = 0xff;
const COMMENT: u8 = 0xfe;

/// How much of a block is looked at before it is cut.
const LOOKED_AT_BYTES_MAX: u64 = 64 * 1024;

pub(super) fn plan<R: Read + Seek>(source: &mut Source<R>, plan: &mut Plan) -> Result<(), Stop> {
    // Mark and version, width and height, then flags, background, aspect.
    source.go_to(10)?;
    let flags = source.u8()?;
    source.skip(2 + colours_bytes(flags))?;
    loop {
        let start = source.position();
        match source.u8()? {
            IMAGE => {
                source.skip(8)?;
                let flags = source.u8()?;
                // The colours of this image, and the first code size.
                source.skip(colours_bytes(flags) + 1)?;
                skip_blocks(source)?;
            }
            EXTENSION => {
                let label = source.u8()?;
                let content = source.position();
                let kept = match label {
                    COMMENT => false,
                    APPLICATION => source.u8()? == 11 && KEPT.contains(&&source.array::<11>()?),
                    _ => true,
                };
                source.go_to(content)?;
                skip_blocks(source)?;
                if !kept {
                    let end = source.position();
                    source.go_to(content)?;
                    let looked_at = (end - content).min(LOOKED_AT_BYTES_MAX);
                    let looked_at = usize::try_from(looked_at).expect("at most 64 KiB");
                    let bytes = source.bytes(looked_at)?;
                    note_xmp(plan, &bytes);
                    source.go_to(end)?;
                    plan.cut(start..end)?;
                }
            }
            TRAILER => break,
            _ => return Err(Stop::NotUnderstood),
        }
    }
    if source.left() > 0 {
        plan.note(Taken::Trailing);
        plan.cut(source.position()..source.length())?;
    }
    Ok(())
}

/// Bytes of a table of colours, three for each.
const fn colours_bytes(flags: u8) -> u64 {
    if flags & 0x80 == 0 {
        0
    } else {
        3 << ((flags & 0x07) + 1)
    }
}

fn skip_blocks<R: Read + Seek>(source: &mut Source<R>) -> Result<(), Stop> {
    loop {
        match source.u8()? {
            0 => return Ok(()),
            length => source.skip(u64::from(length))?,
        }
    }
}
