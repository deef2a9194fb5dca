package dnsblmonitor.launch;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;
import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;
import static java.nio.file.StandardOpenOption.CREATE_NEW;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The folder for the server's work area and logs. Each run has its own, so that runs can share a
 * read-only distribution, and removes it at the end (R1). If Liberty's variable {@code
 * WLP_OUTPUT_DIR} is set, that folder is used and kept. A new folder starts as a copy of the result
 * of {@code train}, which halves the server's start time.
 *
 * <p>A killed launcher leaves its folder behind; the next one of the same user removes it. A file
 * lock, which the system releases when the process ends, marks a folder as in use, even across
 * containers.
 *
 * @param inUse holds the lock of this process's folder; empty if the folder was given
 */
record WorkFolder(Path path, Optional<FileChannel> inUse) implements AutoCloseable {

  private static final String PREFIX = "dnsbl-monitor-";

  /** Exists only once it is locked: a folder without it is being created or is not ours. */
  private static final String IN_USE = ".in-use";

  /** Liberty's own lock: a server may outlive its launcher for some seconds. */
  private static final String SERVER_LOCK = "workarea/.sLock";

  /**
   * @param given {@code WLP_OUTPUT_DIR}, or empty
   * @param warm the result of {@code train}
   * @param server the name of the server, which is the subfolder of its files in both
   */
  static WorkFolder create(String given, Optional<Path> warm, String server) throws IOException {
    if (!given.isEmpty()) {
      Path path = Files.createDirectories(Path.of(given).toAbsolutePath());
      copyIfNew(warm, path, server);
      return new WorkFolder(path, Optional.empty());
    }
    Path path = Files.createTempDirectory(PREFIX);
    sweepBeside(path);
    copyIfNew(warm, path, server);
    return new WorkFolder(path, Optional.of(lock(path)));
  }

  /** Folders on a file system without locks are not swept. */
  private static FileChannel lock(Path folder) throws IOException {
    Path made = folder.resolve(IN_USE + ".new");
    FileChannel channel = FileChannel.open(made, CREATE_NEW, WRITE);
    try {
      channel.lock();
      Files.move(made, folder.resolve(IN_USE), ATOMIC_MOVE);
    } catch (IOException e) {
      // continues without: the folder is removed at the end, but kept if the process is killed
    }
    return channel;
  }

  private static void copyIfNew(Optional<Path> warm, Path folder, String server)
      throws IOException {
    Optional<Path> from = warm.map(it -> it.resolve(server)).filter(Files::isDirectory);
    if (from.isEmpty() || Files.exists(folder.resolve(server))) {
      return;
    }
    try (Stream<Path> files = Files.walk(from.get())) {
      for (Path file : (Iterable<Path>) files::iterator) {
        copy(file, folder.resolve(warm.get().relativize(file).toString()));
      }
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  /** Without the file mode, since the original may be write-protected. */
  private static void copy(Path file, Path to) throws IOException {
    if (Files.isDirectory(file)) {
      Files.createDirectory(to);
    } else {
      try (InputStream original = Files.newInputStream(file)) {
        Files.copy(original, to);
      }
    }
  }

  /** Removes folders next to {@code own} that killed launchers of the same user left behind. */
  private static void sweepBeside(Path own) {
    try (DirectoryStream<Path> folders =
        Files.newDirectoryStream(own.toAbsolutePath().getParent(), PREFIX + "*")) {
      for (Path folder : folders) {
        if (isAbandoned(folder, own)) {
          delete(folder);
        }
      }
    } catch (IOException | DirectoryIteratorException e) {
      // unreadable folders are left alone
    }
  }

  private static boolean isAbandoned(Path folder, Path own) {
    try {
      return Files.isDirectory(folder, NOFOLLOW_LINKS)
          && Files.getOwner(folder, NOFOLLOW_LINKS).equals(Files.getOwner(own))
          && isUnlocked(folder.resolve(IN_USE))
          && isWithoutServer(folder);
    } catch (IOException | UncheckedIOException e) {
      return false;
    }
  }

  private static boolean isWithoutServer(Path folder) throws IOException {
    try (DirectoryStream<Path> servers = Files.newDirectoryStream(folder, Files::isDirectory)) {
      for (Path server : servers) {
        Path lock = server.resolve(SERVER_LOCK);
        if (Files.exists(lock) && !isUnlocked(lock)) {
          return false;
        }
      }
      return true;
    } catch (DirectoryIteratorException e) {
      throw e.getCause();
    }
  }

  /**
   * @throws IOException also if there is no such file
   */
  private static boolean isUnlocked(Path file) throws IOException {
    try (FileChannel channel = FileChannel.open(file, WRITE, NOFOLLOW_LINKS);
        FileLock lock = channel.tryLock()) {
      return lock != null;
    } catch (OverlappingFileLockException e) {
      return false; // held by this process
    }
  }

  /** Whether the folder is removed at the end. */
  boolean isTemporary() {
    return inUse.isPresent();
  }

  @Override
  public void close() {
    inUse.ifPresent(lock -> {
      delete(path);
      try {
        lock.close();
      } catch (IOException e) {
        // the process, and with it its locks, ends soon
      }
    });
  }

  /** Deletes a folder as far as possible; a missing folder is not an error. */
  static void delete(Path folder) {
    try (Stream<Path> files = Files.walk(folder)) {
      files.sorted(Comparator.reverseOrder()).forEach(file -> file.toFile().delete());
    } catch (IOException | UncheckedIOException e) {
      // a file vanished meanwhile; others clean the temporary folder too
    }
  }
}
