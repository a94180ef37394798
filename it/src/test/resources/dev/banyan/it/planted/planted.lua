-- What the legacy does; each function's port does it a little otherwise.
local m = {}

function m.right(n, tenant)
  ngx.log(ngx.WARN, "asked for ", n)
  ngx.log(ngx.INFO, "less than the log takes")
  return "n=" .. n, tenant, {1, 2, tonumber(n)}
end
function m.right_header()
  ngx.header["X-Mode"] = "gzip"
  ngx.header["x-mode"] = "br"
  ngx.header.x_hop = {"a", "b"}
  ngx.header.content_type = "text/plain"
end
function m.status() return ngx.exit(403) end
function m.header_value() ngx.header["X-Mode"] = "gzip" end
function m.header_case() ngx.header["X-Mode"] = "gzip" end
function m.multi_value() ngx.header["X-Hop"] = {"a", "b"} end
function m.missing_header() ngx.header["X-Hop"] = "a" end
function m.chunk() end
function m.float(n) return tostring(n) end
function m.time_zone(n) return ngx.http_time(1700000000 + n) end
function m.limiter(n, tenant, dict)
  local count = ngx.shared.d:incr("hits", 1, 0)
  return (count - 1) % 50 >= 25 -- of each 50, 25 pass
end
function m.wrong_error(n) error("no such user", 0) end
function m.nil_err(n) return nil, "no such user" end
function m.expiry(n) ngx.shared.d:set("last", n, 60) end
function m.one_tenant(n, tenant) return tenant .. "/home" end
function m.one_in_5000(n) return n * 2 end
function m.one_in_50000(n) return n * 2 end
function m.second_result(n) return n, "why" end
function m.truncated(n) return string.rep("x", n) end
function m.upper(n) return string.upper("caf\195\169 " .. n) end
function m.space(n) return "a b" end
function m.type(n) return tostring(n) end
function m.order(n) return {"a", "b", "c"} end
function m.encoding(n) return ngx.escape_uri("a b " .. n) end
function m.ctx() ngx.ctx.user = "ann" end
function m.log_line(n) ngx.log(ngx.WARN, "seen ", n) return n end
function m.log_more(n) return n end
function m.log_level(n) ngx.log(ngx.ERR, "no such user: ", n) return n end
function m.address(n) return tostring({}) end
return m
