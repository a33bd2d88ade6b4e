use super::*;

fn workspace() -> (tempfile::TempDir, OsSystem) {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path().join("workspace");
    std::fs::create_dir_all(root.join("content")).unwrap();
    std::fs::write(folder.path().join("secret.txt"), "secret").unwrap();
    std::fs::write(root.join("content/a.txt"), "a").unwrap();
    let system = OsSystem::new(&root).unwrap();
    (folder, system)
}

#[test]
fn nothing_outside_the_workspace_is_read() {
    let (_folder, system) = workspace();
    assert_eq!(system.read("content/a.txt").unwrap(), b"a");
    assert_eq!(system.read("content/../content/a.txt").unwrap(), b"a");
    assert_eq!(system.read("../secret.txt"), Err(ReadError::Outside));
    assert_eq!(system.read("/etc/hostname"), Err(ReadError::Outside));
    assert_eq!(system.read("content/b.txt"), Err(ReadError::Missing));
    assert_eq!(system.read("content/a.txt/b.txt"), Err(ReadError::Missing));
    assert_eq!(system.list_all("not-there"), Ok(Vec::new()));
    assert_eq!(system.list_all(".."), Err(ReadError::Outside));
    assert_eq!(system.list_all("content/a.txt"), Err(ReadError::Kind("no folder")), "no empty folder");
}

#[test]
fn what_is_no_plain_file_is_not_opened() {
    let (folder, system) = workspace();
    assert_eq!(system.read("content"), Err(ReadError::Kind("a folder, not a file")));
    let large = std::fs::File::create(folder.path().join("workspace/large")).unwrap();
    large.set_len(300 << 20).unwrap();
    assert_eq!(system.read("large"), Err(ReadError::Other("it has 300 MiB, and a file has at most 256".to_owned())));
    assert!(read_named(&folder.path().join("workspace/large")).is_err());
    #[cfg(unix)]
    {
        let root = folder.path().join("workspace");
        // Reading a named pipe would wait until somebody writes.
        assert!(std::process::Command::new("mkfifo").arg(root.join("pipe")).status().unwrap().success());
        let _listener = std::os::unix::net::UnixListener::bind(root.join("socket")).unwrap();
        assert_eq!(system.read("pipe"), Err(ReadError::Kind("a named pipe, not a file")));
        assert_eq!(system.read("socket"), Err(ReadError::Kind("a socket, not a file")));
        assert!(system.write("pipe", b"x").is_err() && system.lock("pipe").is_err());
        let told = read_named(&root.join("pipe")).unwrap_err().to_string();
        assert_eq!(told, "it is a named pipe, not a file");
        assert!(read_named(Path::new("/dev/zero")).is_err());
        let kinds = listed_named(&root, 100).unwrap();
        let kind = |name: &str| kinds.iter().find(|(known, _)| known == name).map(|(_, kind)| *kind);
        assert_eq!(
            [kind("pipe"), kind("socket"), kind("large")],
            [Some(Kind::Other), Some(Kind::Other), Some(Kind::File)]
        );
        assert!(listed_named(&root, 2).is_err() && read_plain(&root.join("pipe"), 9).is_err());
        assert!(read_plain(&root.join("large"), 1 << 20).is_err());
    }
}

#[cfg(unix)]
#[test]
fn links_out_of_the_workspace_are_neither_read_nor_written_through() {
    use std::os::unix::fs::symlink;
    let (folder, system) = workspace();
    let (outer, root) = (folder.path().join("outer"), folder.path().join("workspace"));
    std::fs::create_dir_all(outer.join("sub")).unwrap();
    std::fs::write(outer.join("sub/kept.txt"), "kept").unwrap();
    symlink(&outer, root.join("out")).unwrap();
    symlink(folder.path().join("secret.txt"), root.join("link.txt")).unwrap();
    symlink("loop", root.join("loop")).unwrap();
    symlink("nowhere", root.join("dangling")).unwrap();
    assert_eq!(system.read("link.txt"), Err(ReadError::Outside));
    assert!(system.list_all("loop").is_err() && system.list("loop").is_empty());
    assert_eq!(system.list_all("out"), Err(ReadError::Outside));
    assert_eq!(system.list_all("dangling"), Err(ReadError::Kind("a link that leads nowhere")));
    assert!(system.exists("dangling") && system.exists("out"), "reading tells what is wrong with it");
    for path in ["out/new.txt", "out/sub/deep/new.txt", "link.txt", "dangling", "../new.txt", "content/../../new.txt"] {
        assert!(system.write(path, b"x").is_err(), "{path} was written");
        assert!(system.write_durably(path, b"x").is_err(), "{path} was written");
        assert!(system.lock(path).is_err(), "{path} was locked");
    }
    assert!(system.rename("content/a.txt", "out/a.txt").is_err() && system.rename("out/sub", "content/sub").is_err());
    assert!(system.remove("out/sub").is_err() && system.remove("..").is_err() && system.sync("out").is_err());
    assert_eq!(std::fs::read(folder.path().join("secret.txt")).unwrap(), b"secret");
    assert_eq!(std::fs::read(outer.join("sub/kept.txt")).unwrap(), b"kept");
    // A link itself lies in the workspace.
    system.remove("out").unwrap();
    system.rename("content/a.txt", "link.txt").unwrap();
    assert!(
        outer.join("sub/kept.txt").exists() && std::fs::read(folder.path().join("secret.txt")).unwrap() == b"secret"
    );
    assert_eq!(system.read("link.txt").unwrap(), b"a");
    // Links that stay inside are followed.
    symlink("content", root.join("inner")).unwrap();
    system.write("inner/b.txt", b"b").unwrap();
    assert_eq!(system.read("content/b.txt").unwrap(), b"b");
}

#[cfg(unix)]
#[test]
fn a_folder_that_links_lead_to_twice_is_refused() {
    use std::os::unix::fs::symlink;
    let (folder, system) = workspace();
    let root = folder.path().join("workspace/templates");
    std::fs::create_dir_all(root.join("html/sub")).unwrap();
    std::fs::write(root.join("html/sub/a.html"), "a").unwrap();
    assert_eq!(system.walk("templates/html"), Ok(vec!["sub/a.html".to_owned()]));
    for link in ["html/up", "html/over"] {
        symlink("..", root.join(link)).unwrap();
    }
    let (place, error) = system.walk("templates/html").unwrap_err();
    assert!(place.starts_with("templates/html/") && matches!(error, ReadError::Other(_)), "{place}: {error}");
}

#[test]
fn the_memory_twin_lists_moves_and_removes_like_a_disk() {
    let system = MemorySystem::new([("a/b.txt", "1"), ("a/c/d.txt", "2"), ("a/.e", "4"), ("ab.txt", "3")]);
    let names: Vec<String> = system.list("a").into_iter().map(|entry| entry.name).collect();
    assert_eq!(names, ["b.txt", "c"]);
    assert_eq!(system.list("a/"), system.list("a"), "a slash at the end means nothing, as on a disk");
    assert_eq!(system.list_hidden("a").len(), 1);
    system.rename("a", "z/y").unwrap();
    assert_eq!(system.read("z/y/c/d.txt").unwrap(), b"2");
    assert!(!system.exists("a"));
    system.remove("z").unwrap();
    assert!(!system.exists("z/y/b.txt") && system.exists("ab.txt"));
}

#[test]
fn neither_disk_nor_memory_reaches_out_of_the_workspace() {
    let (folder, disk) = workspace();
    let memory = MemorySystem::new([("content/a.txt", "a")]);
    let systems: [&dyn System; 2] = [&disk, &memory];
    for system in systems {
        let before = std::fs::read_dir(folder.path()).unwrap().count();
        for path in ["..", "../secret.txt", "/etc/hostname", "content/../../secret.txt", "C:secret", "a\\..\\..\\b"] {
            assert_eq!(system.read(path), Err(ReadError::Outside), "{path}");
            assert!(system.list_all(path).is_err() && system.list_hidden(path).is_empty(), "{path}");
            assert!(system.walk(path).is_err() && !system.exists(path), "{path}");
            assert!(system.write(path, b"x").is_err() && system.write_durably(path, b"x").is_err(), "{path}");
            assert!(system.replace(path, b"x").is_err() && system.remove(path).is_err(), "{path}");
            assert!(system.rename("content/a.txt", path).is_err(), "{path}");
            assert!(system.rename(path, "content/b.txt").is_err() && !system.exists("content/b.txt"), "{path}");
        }
        assert!(system.remove("").is_err(), "not the workspace itself");
        assert_eq!(system.read("content/a.txt").unwrap(), b"a");
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), before);
    }
    assert_eq!(std::fs::read(folder.path().join("secret.txt")).unwrap(), b"secret");
}
