package dev.banyan.host;

import dev.banyan.api.Port;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.MalformedURLException;
import java.net.URI;
import java.net.URL;
import java.net.URLConnection;
import java.net.URLStreamHandler;
import java.nio.file.Path;
import java.security.SecureClassLoader;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import java.util.Map;
import java.util.jar.Attributes;
import org.jspecify.annotations.Nullable;

/**
 * Thread-safe: a port's own world, which is its jar, the JDK and the API. Nothing else of this
 * process is within its reach, nor another version of itself. The jar's content is held in memory:
 * whoever replaces or removes the file changes nothing for what is loaded.
 */
final class PortLoader extends SecureClassLoader {
  private static final String API = Port.class.getPackageName() + ".";

  private final Path jar;
  private final Map<String, byte[]> content;
  private final Attributes attributes;

  PortLoader(Path jar, JarContent content) {
    super("port " + jar.getFileName(), ClassLoader.getPlatformClassLoader());
    this.jar = jar;
    this.content = content.entries();
    this.attributes = content.attributes();
  }

  @Override
  protected Class<?> findClass(String name) throws ClassNotFoundException {
    if (name.startsWith(API)) {
      return Class.forName(name, true, Port.class.getClassLoader());
    }
    byte[] bytes = content.get(path(name));
    if (bytes == null) {
      throw new ClassNotFoundException(name + " is neither in " + jar + " nor in the JDK");
    }
    int dot = name.lastIndexOf('.');
    if (dot > 0 && getDefinedPackage(name.substring(0, dot)) == null) {
      define(name.substring(0, dot));
    }
    return defineClass(name, bytes, 0, bytes.length);
  }

  private void define(String name) {
    try {
      definePackage(
          name,
          null,
          null,
          null,
          attributes.getValue(Attributes.Name.IMPLEMENTATION_TITLE),
          attributes.getValue(Attributes.Name.IMPLEMENTATION_VERSION),
          null,
          null);
    } catch (IllegalArgumentException e) {
      if (getDefinedPackage(name) == null) {
        throw e;
      }
    }
  }

  /** The version in the manifest, or null. */
  @Nullable String version() {
    return attributes.getValue(Attributes.Name.IMPLEMENTATION_VERSION);
  }

  /** Whether a class is one of the jar's. */
  boolean holds(String className) {
    return content.containsKey(path(className));
  }

  @Override
  protected @Nullable URL findResource(String name) {
    byte[] bytes = content.get(name);
    if (bytes == null) {
      return null;
    }
    try {
      URI uri = URI.create("port:/" + URI.create(name.replace(" ", "%20")));
      return URL.of(uri, new InMemory(bytes));
    } catch (IllegalArgumentException | MalformedURLException e) {
      return null;
    }
  }

  @Override
  protected Enumeration<URL> findResources(String name) {
    URL found = findResource(name);
    return Collections.enumeration(found == null ? List.of() : List.of(found));
  }

  private static String path(String className) {
    return className.replace('.', '/') + ".class";
  }

  /** Opens the octets of one entry. */
  private static final class InMemory extends URLStreamHandler {
    private final byte[] bytes;

    InMemory(byte[] bytes) {
      this.bytes = bytes;
    }

    @Override
    protected URLConnection openConnection(URL url) {
      return new URLConnection(url) {
        @Override
        public void connect() {
          // there is nothing to connect to
        }

        @Override
        public InputStream getInputStream() throws IOException {
          return new ByteArrayInputStream(bytes);
        }
      };
    }
  }
}
