import java.io.BufferedOutputStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassFileVersion;
import java.lang.classfile.ClassHierarchyResolver;
import java.lang.classfile.ClassModel;
import java.lang.classfile.ClassTransform;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.regex.Pattern;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;

/**
 * Puts a jar and those of its class path into one, the first file of a name before all others: a start opens one
 * index and looks into no other (docs/performance-notes.md has what that gives). Class files older than
 * Java 6 (LuaJ, picocli) get stack maps: the JVM keeps no class without them in an ahead-of-time
 * cache, nor any of its subclasses, and verifies them the slow way at each start. The code itself
 * stays as it is.
 *
 * <p>{@code java OneJar.java INTO JAR}
 */
final class OneJar {
  private static final int FIRST_WITH_STACK_MAPS = 50;
  private static final int WRITTEN = 52;
  private static final int MAJOR_VERSION_AT = 7;
  private static final String SERVICES = "META-INF/services/";

  private static final String MANIFEST = "Manifest-Version: 1.0\nMulti-Release: true\n\n";

  /** Of one jar alone: what describes and what signs it. */
  private static final Pattern OWN =
      Pattern.compile(".*/|META-INF/MANIFEST\\.MF|META-INF/[^/]*\\.(SF|RSA|DSA|EC)|(.*/)?module-info\\.class");

  private final Map<String, byte[]> files = new LinkedHashMap<>();
  private final ClassFile tool =
      ClassFile.of(
          ClassFile.StackMapsOption.GENERATE_STACK_MAPS,
          ClassFile.ClassHierarchyResolverOption.of(
              ClassHierarchyResolver.ofResourceParsing(
                      type -> open(type.descriptorString().replaceAll("^L|;$", "") + ".class"))
                  .orElse(ClassHierarchyResolver.defaultResolver())
                  .cached()));

  public static void main(String[] words) throws IOException {
    OneJar all = new OneJar();
    Path first = Path.of(words[1]);
    all.add(first);
    for (String jar : classPath(first)) {
      all.add(first.resolveSibling(jar));
    }
    Path into = Path.of(words[0]);
    Path copy = into.resolveSibling(into.getFileName() + ".new");
    all.write(copy);
    Files.move(copy, into, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
  }

  /** What its manifest puts behind it. */
  private static String[] classPath(Path jar) throws IOException {
    try (JarFile file = new JarFile(jar.toFile())) {
      return file.getManifest().getMainAttributes().getValue(Attributes.Name.CLASS_PATH).split(" +");
    }
  }

  private InputStream open(String file) {
    byte[] octets = files.get(file);
    return octets == null ? null : new ByteArrayInputStream(octets);
  }

  private void add(Path jar) throws IOException {
    try (ZipInputStream zip = new ZipInputStream(Files.newInputStream(jar))) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        String name = entry.getName();
        if (OWN.matcher(name).matches()) {
          continue;
        }
        byte[] octets = zip.readAllBytes();
        if (name.startsWith(SERVICES)) {
          files.merge(name, octets, OneJar::lines);
        } else {
          files.putIfAbsent(name, octets);
        }
      }
    }
  }

  /** The providers of one jar and of another. */
  private static byte[] lines(byte[] one, byte[] other) {
    String both =
        new String(one, StandardCharsets.UTF_8).stripTrailing()
            + "\n"
            + new String(other, StandardCharsets.UTF_8);
    return both.getBytes(StandardCharsets.UTF_8);
  }

  private void write(Path jar) throws IOException {
    try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(jar));
        ZipOutputStream zip = new ZipOutputStream(out)) {
      zip.setLevel(Deflater.BEST_SPEED);
      put(zip, JarFile.MANIFEST_NAME, MANIFEST.getBytes(StandardCharsets.UTF_8));
      for (Map.Entry<String, byte[]> file : files.entrySet()) {
        put(zip, file.getKey(), modern(file.getKey(), file.getValue()));
      }
    }
  }

  private static void put(ZipOutputStream zip, String name, byte[] octets) throws IOException {
    zip.putNextEntry(new ZipEntry(name));
    zip.write(octets);
    zip.closeEntry();
  }

  private byte[] modern(String name, byte[] octets) {
    if (!name.endsWith(".class") || octets[MAJOR_VERSION_AT] >= FIRST_WITH_STACK_MAPS) {
      return octets;
    }
    ClassModel model = tool.parse(octets);
    ClassTransform version =
        (builder, element) -> {
          if (element instanceof ClassFileVersion) {
            builder.withVersion(WRITTEN, 0);
          } else {
            builder.with(element);
          }
        };
    ClassTransform bodies =
        ClassTransform.transformingMethodBodies((builder, element) -> builder.with(element));
    try {
      return tool.transformClass(model, bodies.andThen(version));
    } catch (IllegalArgumentException e) {
      // It names a class of an optional library that isn't there (LuaJ's compiler to Java, BCEL).
      return octets;
    }
  }
}
