package dev.banyan.lua.ffi;

import java.util.HashMap;
import java.util.Map;
import org.luaj.vm2.LuaValue;

/**
 * What OpenSSL tells of itself. The functions here are those of OpenSSL 3.0, which the JDK stands
 * in for; there is one provider of all.
 */
final class COpenSsl {
  private static final long NUMBER = 0x30000000L;
  private static final String VERSION = "OpenSSL 3.0.0";

  /** By the number that {@code OpenSSL_version} is asked with. */
  private static final Map<Integer, String> VERSIONS =
      Map.ofEntries(
          Map.entry(0, VERSION),
          Map.entry(1, "compiler: javac"),
          Map.entry(2, "built on: date not available"),
          Map.entry(3, "platform: JVM"),
          Map.entry(4, "OPENSSLDIR: N/A"),
          Map.entry(5, "ENGINESDIR: N/A"),
          Map.entry(6, "3.0.0"),
          Map.entry(7, "3.0.0"),
          Map.entry(8, "MODULESDIR: N/A"),
          Map.entry(9, "CPUINFO: N/A"));

  /** By the number that {@code OPENSSL_info} is asked with. */
  private static final Map<Integer, String> FACTS =
      Map.of(
          1001,
          "",
          1002,
          "",
          1003,
          "",
          1004,
          ".so",
          1005,
          "/",
          1006,
          ":",
          1007,
          "os-specific",
          1008,
          "");

  /** What the one {@code OSSL_PROVIDER} stands for. */
  private record Provider(String name) {}

  private static final Provider DEFAULT = new Provider("default");

  private COpenSsl() {}

  static Map<String, CFunction> functions() {
    Map<String, CFunction> all = new HashMap<>();
    all.put("OpenSSL_version_num", new CFunction(0, c -> c.result(NUMBER)));
    all.put("OpenSSL_version", new CFunction(1, c -> told(c, VERSIONS, "not available")));
    all.put("OPENSSL_info", new CFunction(1, c -> told(c, FACTS, "")));
    all.put("OSSL_LIB_CTX_new", new CFunction(0, c -> c.made(NUMBER)));
    all.put("OSSL_LIB_CTX_free", new CFunction(1, c -> LuaValue.NONE));
    all.put(
        "OSSL_PROVIDER_get0_name",
        new CFunction(1, c -> c.result(c.literal(c.object(1, Provider.class).name()))));
    for (String kind : new String[] {"EVP_MD", "EVP_CIPHER"}) {
      all.put(kind + "_get0_provider", new CFunction(1, COpenSsl::provider));
      all.put(kind + "_free", new CFunction(1, c -> LuaValue.NONE));
      all.put(kind + "_up_ref", new CFunction(1, c -> c.result(1)));
      // There are no parameters to be set or got.
      for (String way : new String[] {"_CTX_settable_params", "_CTX_gettable_params"}) {
        all.put(kind + way, new CFunction(1, CArguments::nullResult));
      }
      for (String way : new String[] {"_CTX_set_params", "_CTX_get_params"}) {
        all.put(kind + way, new CFunction(2, c -> c.result(0)));
      }
    }
    return all;
  }

  static LuaValue provider(CArguments c) {
    return c.result(c.objects().constant(DEFAULT));
  }

  private static LuaValue told(CArguments c, Map<Integer, String> texts, String otherwise) {
    return c.result(c.literal(texts.getOrDefault((int) c.integer(1), otherwise)));
  }
}
