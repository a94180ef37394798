package dev.banyan.nginx;

import static org.assertj.core.api.Assertions.assertThat;

import dev.banyan.nginx.syntax.ConfException;
import dev.banyan.nginx.syntax.DirectiveSpec;
import dev.banyan.nginx.syntax.DirectiveTable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class CheckTest {
  @TempDir Path folder = Path.of("");

  @Test
  void everyErrorIsReportedWithItsFileAndLine() throws IOException {
    CheckResult result =
        check("events {}\nhttp {\n  frob on;\n  gzip maybe;\n  js_import a.js;\n}\n");
    assertThat(result.conf()).isNull();
    assertThat(result.errors())
        .extracting(ConfException::problem)
        .containsExactly(
            "unknown directive \"frob\"",
            "invalid value \"maybe\" in \"gzip\" directive, it must be \"on\" or \"off\"",
            "directive \"js_import\" is not supported (Lua is the language of handlers)");
    assertThat(result.errors()).extracting(ConfException::line).containsExactly(3, 4, 5);
  }

  @Test
  void anEventMethodOfAnotherSystemIsRefused() throws IOException {
    assertThat(check("events { use epoll; }\nhttp {}\n").errors()).isEmpty();
    assertThat(check("events {\n  use kqueue;\n}\nhttp {}\n").errors())
        .extracting(ConfException::problem)
        .containsExactly("invalid event type \"kqueue\"");
  }

  @Test
  void threadPoolsAreReadAsNginxReadsThem() throws IOException {
    CheckResult result =
        check(
            "thread_pool a threads=2 max_queue=0;\nthread_pool b threads=3;\nevents {}\nhttp {}\n");
    assertThat(java.util.Objects.requireNonNull(result.conf()).main().threadPools())
        .containsEntry("a", new MainConf.ThreadPool(2, 0))
        .containsEntry("b", new MainConf.ThreadPool(3, 65_536));
    result =
        check(
            "thread_pool a max_queue=5;\nthread_pool b threads=x;\nthread_pool c threads=1;\n"
                + "thread_pool c threads=1;\nthread_pool d threads=1 fast;\nevents {}\nhttp {}\n");
    assertThat(result.errors())
        .extracting(ConfException::problem)
        .containsExactly(
            "\"thread_pool\" must have \"threads\" parameter",
            "invalid threads value \"threads=x\"",
            "duplicate thread pool \"c\""); // "fast" is passed over, as nginx does
    assertThat(result.errors()).extracting(ConfException::line).containsExactly(1, 2, 4);
  }

  @Test
  void referersThatNameNobodyAreRefused() throws IOException {
    CheckResult result = check("events {}\nhttp { server {\n  valid_referers none blocked;\n} }\n");
    assertThat(result.errors())
        .extracting(ConfException::problem)
        .containsExactly(
            "the \"none\" or \"blocked\" referers are specified in the \"valid_referers\""
                + " directive without any valid referer");
    assertThat(result.errors()).extracting(ConfException::line).containsExactly(3);
  }

  @Test
  void whatHasNoEffectIsNoticedNotRefused() throws IOException {
    CheckResult result = check("user nobody;\nevents { worker_connections 9; }\nhttp {}\n");
    assertThat(result.valid()).isTrue();
    assertThat(result.notices())
        .extracting(Notice::toString)
        .anySatisfy(
            notice -> assertThat(notice).startsWith("\"user\" has no effect").endsWith(":1"))
        .anySatisfy(notice -> assertThat(notice).contains("\"worker_connections\""));
  }

  @Test
  void whatHasNoEffectSaysWhy() {
    assertThat(DirectiveTable.standard().all())
        .filteredOn(spec -> spec.status() == DirectiveSpec.Status.NOTICE)
        .allSatisfy(spec -> assertThat(spec.note()).as(spec.name()).isNotEmpty());
  }

  @Test
  void inlineLuaIsNamedAsNgxLuaNamesIt() throws IOException {
    CheckResult result =
        check(
            """
            events {}
            http {
              init_by_lua_block { x = 1 }
              server {
                location / {
                  access_by_lua 'return';
                }
              }
            }
            """);
    assertThat(conf(result).http().lua().init())
        .satisfies(init -> assertThat(init).isNotNull())
        .extracting("chunkName")
        .isEqualTo("=init_by_lua(nginx.conf:3)");
    assertThat(conf(result).http().servers().getFirst().locations().getFirst().handlers().access())
        .extracting("chunkName")
        .isEqualTo("=access_by_lua(nginx.conf:6)");
  }

  @Test
  void aLimitExceptHasItsOwnPasswords() throws IOException {
    NginxConf conf =
        conf(
            check(
                """
                events {}
                http {
                  server {
                    location / {
                      proxy_pass http://127.0.0.1:1;
                      limit_except GET { auth_basic realm; auth_basic_user_file users; }
                    }
                  }
                }
                """));
    LocationConf location = conf.http().servers().getFirst().locations().getFirst();
    assertThat(location.forMethod("HEAD").settings().access().basicRealm()).isNull();
    assertThat(location.forMethod("POST").settings().access().basicRealm()).isNotNull();
    assertThat(location.forMethod("POST").content()).isInstanceOf(ContentHandler.Proxy.class);
  }

  private static NginxConf conf(CheckResult result) {
    NginxConf conf = result.conf();
    if (conf == null) {
      throw new AssertionError(result.errors());
    }
    return conf;
  }

  private CheckResult check(String text) throws IOException {
    Path file = folder.resolve("nginx.conf");
    Files.writeString(file, text);
    return NginxConf.check(file, folder);
  }
}
