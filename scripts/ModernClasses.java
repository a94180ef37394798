import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassFileVersion;
import java.lang.classfile.ClassHierarchyResolver;
import java.lang.classfile.ClassModel;
import java.lang.classfile.ClassTransform;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;

/**
 * Rewrites the class files of jars that are older than Java 6 (LuaJ, picocli) with stack maps: the
 * JVM keeps no class without them in an ahead-of-time cache, nor any of its subclasses, and
 * verifies them the slow way at each start. The code itself stays as it is.
 *
 * <p>{@code java ModernClasses.java JAR...}
 */
final class ModernClasses {
  private static final int FIRST_WITH_STACK_MAPS = 50;
  private static final int WRITTEN = 52;

  public static void main(String[] jars) throws IOException {
    for (String jar : jars) {
      modernise(Path.of(jar));
    }
  }

  private static void modernise(Path jar) throws IOException {
    Path copy = jar.resolveSibling(jar.getFileName() + ".new");
    Files.copy(jar, copy, StandardCopyOption.REPLACE_EXISTING);
    int[] rewritten = {0};
    try (FileSystem zip = FileSystems.newFileSystem(copy)) {
      ClassHierarchyResolver types = types(zip);
      Files.walkFileTree(
          zip.getPath("/"),
          new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
                throws IOException {
              if (file.toString().endsWith(".class") && rewrite(file, types)) {
                rewritten[0]++;
              }
              return FileVisitResult.CONTINUE;
            }
          });
    }
    if (rewritten[0] > 0) {
      Files.move(copy, jar, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
      System.out.println("stack maps for " + rewritten[0] + " classes of " + jar.getFileName());
    } else {
      Files.delete(copy);
    }
  }

  private static boolean rewrite(Path file, ClassHierarchyResolver types) throws IOException {
    ClassFile tool =
        ClassFile.of(
            ClassFile.StackMapsOption.GENERATE_STACK_MAPS,
            ClassFile.ClassHierarchyResolverOption.of(types));
    ClassModel model = tool.parse(Files.readAllBytes(file));
    if (model.majorVersion() >= FIRST_WITH_STACK_MAPS) {
      return false;
    }
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
      Files.write(file, tool.transformClass(model, bodies.andThen(version)));
      return true;
    } catch (IllegalArgumentException e) {
      // It names a class of an optional library that isn't there (LuaJ's compiler to Java, BCEL).
      return false;
    }
  }

  private static ClassHierarchyResolver types(FileSystem zip) {
    return ClassHierarchyResolver.ofResourceParsing(
            type -> open(zip.getPath(type.descriptorString().replaceAll("^L|;$", "") + ".class")))
        .orElse(ClassHierarchyResolver.defaultResolver())
        .cached();
  }

  private static InputStream open(Path file) {
    try {
      return Files.exists(file) ? Files.newInputStream(file) : null;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
