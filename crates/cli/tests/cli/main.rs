//! The program as a person or a script meets it: the real binary, its answers, its exit codes.

mod bad_input;
mod bookings;
mod chinese;
mod closed;
mod door;
mod erase;
mod house;
mod import;
mod init;
mod keys;
mod lines;
mod read;
mod redact;
mod rules;
mod run;
mod snapshot;
mod staff;
mod terminal;
mod text;
mod verify;
