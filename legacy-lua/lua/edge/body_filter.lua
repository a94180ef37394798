-- Hides e-mail addresses in HTML from harvesters: each becomes numeric entities.
-- The body arrives in pieces of any size; an address may be cut, so its possible beginning at the
-- end of a piece is held back for the next one.

local ngx = ngx
local gsub = ngx.re.gsub
local byte, format, find, sub = string.byte, string.format, string.find, string.sub

local _M = {}

local email = [[[a-z0-9][a-z0-9._%+-]*@[a-z0-9](?:[a-z0-9-]*[a-z0-9])?(?:\.[a-z0-9-]+)*\.[a-z]{2,12}]]

local function entities(m)
    local out = {}
    local text = m[0]
    for i = 1, #text do
        out[i] = format("&#%d;", byte(text, i))
    end
    return table.concat(out)
end

-- "x <b>me@exa" -> "x <b>", "me@exa"
local function split(text)
    local from = find(text, "[%w._%%+@-]+$")
    if not from then
        return text, ""
    end
    return sub(text, 1, from - 1), sub(text, from)
end

function _M.obfuscate(text)
    local out, n, err = gsub(text, email, entities, "joi")
    if not out then
        ngx.log(ngx.ERR, "body filter: ", err)
        return text
    end
    return out, n
end

function _M.header_filter()
    local tenant = ngx.ctx.tenant
    if not tenant or not tenant:has("hide_emails") then
        return
    end
    local content_type = ngx.header.content_type
    if not content_type or not find(content_type, "^text/html") then
        return
    end
    if ngx.header.content_encoding then
        -- we don't unpack; tenants with this feature switch compression off at the origin
        return
    end
    ngx.header.content_length = nil
    ngx.header.etag = nil
    ngx.ctx.email_filter = { held = "", count = 0 }
end

function _M.body_filter()
    local state = ngx.ctx.email_filter
    if not state then
        return
    end
    local chunk, eof = ngx.arg[1], ngx.arg[2]
    local text = state.held .. (chunk or "")
    if eof then
        state.held = ""
    else
        text, state.held = split(text)
    end
    if text == "" then
        ngx.arg[1] = nil
        return
    end
    local out, n = _M.obfuscate(text)
    state.count = state.count + (n or 0)
    ngx.arg[1] = out
end

return _M
