//! The program `belagg`; see [`belagg::cli`].

fn main() -> std::process::ExitCode {
    belagg::cli::run()
}
