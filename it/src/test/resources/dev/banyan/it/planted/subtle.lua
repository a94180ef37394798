-- What the legacy does; each function's port does the same, and a little otherwise where it is told so.
local m = {}

local function deep(leaf)
  local t = {leaf = leaf}
  for _ = 1, 30 do t = {next = t} end
  return t
end

function m.hole(n) local t = {1, 2, 3} t[2] = nil return t end
function m.sparse(n) return {[1000] = "a"} end
function m.zero_key(n) return {[0] = "a", x = 1} end
function m.negative_key(n) return {[-1] = "a"} end
function m.fraction_key(n) return {[0.5] = "a"} end
function m.boolean_key(n) return {[true] = "a", [false] = "b"} end
function m.text_key(n) return {["1"] = "a"} end
function m.minus_zero(n) return n * 0 * -1 end
function m.not_a_number(n) return {0 / 0 * n} end
function m.infinity(n) return -1 / 0 end
function m.deep(n) return deep(1) end
function m.long(n) return string.rep("x", 100000) .. "y" end
function m.nul(n) return "a\0b" end
function m.octets(n) return "\255\254" end
function m.exponent(n) return tostring(1e15) end
function m.number_text(n) return n .. "" end
function m.nothing(n) return nil end
function m.no(n) return false end
function m.last_nil(n) return 1, nil end
function m.one_in_777(n) return {a = {b = {c = n}}} end
function m.other_tenant(n) return {[ngx.var.arg_tenant] = true} end
function m.counter(n) return (ngx.shared.d:incr("count", 1, 0)) end
function m.lifetime(n) ngx.shared.d:set("life", n, 60) end
function m.add(n) ngx.shared.d:add("added", n, 0) end
function m.type_in_dict(n) ngx.shared.d:set("typed", n) end
function m.after_error(n) ngx.shared.d:set("before", n) error("gone", 0) end
function m.argument(n, t) return n end
function m.cookies() ngx.header["Set-Cookie"] = {"a=1; Path=/", "b=2; Path=/"} end
function m.removed() ngx.header["X-A"] = "1" ngx.header["X-A"] = nil end
function m.ctx_below() ngx.ctx.user = {roles = {"a", "b", {c = 1}}} end
function m.ctx_sparse() ngx.ctx.user = {[7] = "a", [9] = "b"} end
function m.arguments_order() ngx.req.set_uri_args("a=1&b=2") end
function m.request_header() ngx.req.set_header("X-A", "1") end
function m.redirect() return ngx.redirect("/there", 301) end
function m.line() ngx.status = 403 ngx.print("no\n") return ngx.exit(403) end
function m.on_head() ngx.header["X-A"] = "1" end
function m.on_old() ngx.header["X-A"] = "1" end
function m.status() ngx.status = 404 end
function m.last_piece() if ngx.arg[2] then ngx.arg[1] = ngx.arg[1] .. "." end end
return m
