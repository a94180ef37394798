package dev.banyan.lua.ngx;

import static org.luaj.vm2.LuaValue.NIL;
import static org.luaj.vm2.LuaValue.NONE;

import dev.banyan.lua.LuaArgs;
import dev.banyan.lua.LuaErrors;
import dev.banyan.lua.LuaText;
import dev.banyan.lua.Table;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.luaj.vm2.LuaString;
import org.luaj.vm2.Varargs;

/** The request's body under {@code ngx.req}. */
final class RequestBodyApi {
  private static final int WARN = 5;

  private RequestBodyApi() {}

  static void open(Bindings bindings) {
    bindings.function(
        "ngx.req.read_body",
        (x, args) -> {
          none(args);
          if (!x.state().bodyTaken) {
            x.request().readBody();
          }
          return NONE;
        });
    bindings.function(
        "ngx.req.discard_body",
        (x, args) -> {
          none(args);
          if (!x.request().bodyRead()) {
            x.state().bodyDiscarded = true;
            x.request().discardBody();
          }
          return NONE;
        });
    bindings.function("ngx.req.get_body_data", RequestBodyApi::data);
    bindings.function("ngx.req.get_body_file", RequestBodyApi::file);
    bindings.function("ngx.req.get_post_args", RequestBodyApi::postArgs);
    bindings.function("ngx.req.set_body_data", RequestBodyApi::setData);
    bindings.function("ngx.req.set_body_file", RequestBodyApi::setFile);
    bindings.function("ngx.req.init_body", RequestBodyApi::init);
    bindings.function("ngx.req.append_body", RequestBodyApi::append);
    bindings.function("ngx.req.finish_body", RequestBodyApi::finish);
  }

  private static void none(Varargs args) {
    if (args.narg() != 0) {
      throw LuaErrors.raise("expecting 0 arguments but seen " + args.narg());
    }
  }

  private static Varargs data(Execution x, Varargs args) {
    none(args);
    ByteText building = x.state().newBody;
    byte[] data = building == null ? x.request().bodyData() : inMemory(x, building.bytes());
    return data == null || data.length == 0 ? NIL : LuaString.valueOf(data);
  }

  /** What a body that is being built has in memory: all of it, or nothing once it is in a file. */
  private static byte @Nullable [] inMemory(Execution x, byte[] built) {
    return built.length <= x.state().newBodyLimit ? built : null;
  }

  private static Varargs file(Execution x, Varargs args) {
    none(args);
    String file = x.request().bodyFile();
    return file == null ? NIL : LuaText.of(file);
  }

  private static Varargs postArgs(Execution x, Varargs args) {
    if (args.narg() > 1) {
      throw LuaErrors.raise("expecting 0 or 1 arguments but seen " + args.narg());
    }
    if (args.narg() == 1) {
      LuaArgs.checkInt(args, 1);
    }
    RequestHost request = x.request();
    if (x.state().bodyDiscarded) {
      return new Table();
    }
    if (!request.bodyRead()) {
      throw LuaErrors.raise(
          "no request body found; maybe you should turn on lua_need_request_body?");
    }
    if (request.bodyFile() != null) {
      return Execution.failure("request body in temp file not supported");
    }
    byte[] data = request.bodyData();
    return RequestLine.table(data == null ? new byte[0] : data, RequestLine.most(args));
  }

  private static void requireBody(Execution x) {
    if (x.state().bodyDiscarded) {
      throw LuaErrors.raise("request body already discarded asynchronously");
    }
    if (!x.request().bodyRead() && !x.state().bodyTaken) {
      throw LuaErrors.raise("request body not read yet");
    }
  }

  private static Varargs setData(Execution x, Varargs args) {
    one(args);
    byte[] data = LuaArgs.checkBytes(args, 1);
    requireBody(x);
    x.state().newBody = null;
    x.request().setBody(data);
    return NONE;
  }

  private static void one(Varargs args) {
    if (args.narg() != 1) {
      throw LuaErrors.raise("expecting 1 arguments but seen " + args.narg());
    }
  }

  private static Varargs setFile(Execution x, Varargs args) {
    if (args.narg() != 1 && args.narg() != 2) {
      throw LuaErrors.raise("expecting 1 or 2 arguments but seen " + args.narg());
    }
    String path = LuaArgs.checkText(args, 1);
    if (path.isEmpty()) {
      throw LuaErrors.argument(1, "filename string is empty");
    }
    boolean clean = args.narg() == 2 && LuaArgs.checkBoolean(args, 2);
    requireBody(x);
    Path file = Path.of(x.worker().prefix()).resolve(path);
    if (!Files.exists(file)) {
      throw LuaErrors.raise("stat() \"" + file + "\" failed");
    }
    x.state().newBody = null;
    x.request().setBodyFile(file.toString(), clean);
    return NONE;
  }

  private static Varargs init(Execution x, Varargs args) {
    if (args.narg() > 1) {
      throw LuaErrors.raise("expecting 0 or 1 argument but seen " + args.narg());
    }
    requireBody(x);
    int size = args.narg() == 1 ? LuaArgs.checkInt(args, 1) : common(x);
    if (size < 0) {
      throw LuaErrors.raise("bad size argument: " + size);
    }
    x.state().newBody = new ByteText();
    x.state().newBodyLimit = size;
    return NONE;
  }

  private static int common(Execution x) {
    return (int) Math.min(x.request().settings().bodyBuffer(), Integer.MAX_VALUE);
  }

  private static Varargs append(Execution x, Varargs args) {
    one(args);
    LuaString piece = LuaArgs.checkString(args, 1);
    body(x).append(piece);
    return NONE;
  }

  private static ByteText body(Execution x) {
    ByteText body = x.state().newBody;
    if (body == null) {
      throw LuaErrors.raise("request_body not initialized");
    }
    return body;
  }

  private static Varargs finish(Execution x, Varargs args) {
    none(args);
    byte[] bytes = body(x).bytes();
    if (bytes.length <= x.state().newBodyLimit) {
      x.request().setBody(bytes);
      return NONE;
    }
    try {
      Path file = Files.createTempFile("body", null);
      Files.write(file, bytes);
      x.log(WARN, "a client request body is buffered to a temporary file " + file);
      x.request().setBodyFile(file.toString(), true);
    } catch (IOException e) {
      throw LuaErrors.raise("fail to write file: " + e.getMessage());
    }
    return NONE;
  }
}
