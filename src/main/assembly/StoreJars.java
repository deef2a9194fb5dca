import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.util.Enumeration;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/**
 * Rewrites all jars below the given folders with uncompressed entries, since decompression takes
 * half a CPU second of each start. Order, times and contents of the entries, and the jar's time,
 * are kept.
 */
final class StoreJars {

  private StoreJars() {}

  public static void main(String[] args) throws IOException {
    for (String folder : args) {
      try (Stream<Path> files = Files.walk(Path.of(folder))) {
        List<Path> jars = files.filter(file -> file.toString().endsWith(".jar")).toList();
        for (Path jar : jars) {
          store(jar);
        }
      }
    }
  }

  private static void store(Path jar) throws IOException {
    FileTime time = Files.getLastModifiedTime(jar);
    Path stored = jar.resolveSibling(jar.getFileName() + ".stored");
    try (ZipFile from = new ZipFile(jar.toFile());
        OutputStream out = Files.newOutputStream(stored);
        ZipOutputStream to = new ZipOutputStream(out)) {
      Enumeration<? extends ZipEntry> entries = from.entries(); // as the directory has them
      while (entries.hasMoreElements()) {
        ZipEntry entry = entries.nextElement();
        ZipEntry copy = new ZipEntry(entry);
        copy.setMethod(ZipEntry.STORED);
        copy.setCompressedSize(entry.getSize());
        to.putNextEntry(copy);
        from.getInputStream(entry).transferTo(to);
        to.closeEntry();
      }
    }
    Files.move(stored, jar, StandardCopyOption.REPLACE_EXISTING);
    Files.setLastModifiedTime(jar, time);
  }
}
