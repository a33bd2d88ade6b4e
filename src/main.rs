//! The program `belagg`; see [`belagg::cli`].

/// Typesetting asks for many small pieces of memory: this allocator takes some hundredths of its time off a build (ARCHITECTURE.md).
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> std::process::ExitCode {
    belagg::cli::run()
}
