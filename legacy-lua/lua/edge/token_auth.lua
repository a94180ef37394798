-- Signed tokens: v1.<base64url(user)>.<expiry>.<scope+scope>.<hmac-sha1 in hex>

local util = require "edge.util"

local ngx = ngx
local concat = table.concat
local byte, format = string.byte, string.format
local tonumber, pairs = tonumber, pairs

local _M = { VERSION = "v1" }

local function hex(octet)
    return format("%02x", byte(octet))
end

local function signature(text, secret)
    return (ngx.hmac_sha1(secret, text):gsub(".", hex))
end

-- Makes a token. expires: seconds since the epoch; scopes: "read+write"
function _M.sign(user, expires, scopes, secret)
    local text = concat({ _M.VERSION, util.base64url(user), expires, scopes }, ".")
    return text .. "." .. signature(text, secret)
end

-- The user, expiry and scopes of a good token; nil and the reason otherwise.
function _M.verify(token, secret, now)
    local m = ngx.re.match(token,
        [[^(v1\.([A-Za-z0-9_-]+)\.(\d{1,12})\.([a-z+]*))\.([0-9a-f]{40})$]], "jo")
    if not m then
        return nil, "malformed token"
    end
    if not util.equal_constant_time(signature(m[1], secret), m[5]) then
        return nil, "bad signature"
    end
    local user = util.unbase64url(m[2])
    if not user then
        return nil, "malformed token"
    end
    local expires = tonumber(m[3])
    if expires <= now then
        return nil, "expired"
    end
    return user, expires, m[4]
end

local function has_scope(scopes, wanted)
    return ("+" .. scopes .. "+"):find("+" .. wanted .. "+", 1, true) ~= nil
end

-- the scope that the longest matching path prefix wants
local function wanted_scope(auth, uri)
    local best, scope = -1, nil
    for prefix, wanted in pairs(auth.scopes or {}) do
        if #prefix > best and util.starts_with(uri, prefix) then
            best, scope = #prefix, wanted
        end
    end
    return scope
end

local function bearer()
    local header = ngx.var.http_authorization
    if header then
        local m = ngx.re.match(header, [[^bearer +([^ ]+) *$]], "joi")
        return m and m[1] or header
    end
    return ngx.var.cookie_edge_token
end

local function refuse(status, reason)
    ngx.ctx.blocked_by = "auth"
    ngx.ctx.auth_error = reason
    ngx.var.edge_action = "auth"
    ngx.status = status
    ngx.header["Content-Type"] = "application/json"
    if status == 401 then
        ngx.header["WWW-Authenticate"] = 'Bearer realm="edge", error="' .. reason .. '"'
    end
    ngx.say('{"error":', util.json_string(reason), "}")
    return ngx.exit(status)
end

function _M.access()
    local auth = ngx.ctx.tenant.auth
    -- whatever the client claims to be, the origin only hears it from us
    ngx.req.clear_header("X-User")
    ngx.req.clear_header("X-Scopes")
    if auth.mode == "none" then
        return
    end
    local token = bearer()
    if not token then
        if auth.mode == "optional" then
            return
        end
        return refuse(401, "missing token")
    end
    local user, expires_or_err, scopes = _M.verify(token, auth.secret, ngx.time())
    if not user then
        return refuse(401, expires_or_err)
    end
    local wanted = wanted_scope(auth, ngx.var.uri)
    if wanted and not has_scope(scopes, wanted) then
        return refuse(403, "scope " .. wanted .. " is missing")
    end
    ngx.ctx.user = user
    ngx.var.auth_user = ngx.escape_uri(user)
    ngx.req.set_header("X-User", ngx.escape_uri(user))
    ngx.req.set_header("X-Scopes", scopes)
end

return _M
