-- Headers that browsers want, by tenant and content type.

local ngx = ngx
local concat = table.concat
local ipairs = ipairs

local _M = {}

local directives = { "default-src", "script-src", "style-src", "img-src", "frame-ancestors" }

-- {["script-src"] = {"'self'", "cdn"}} -> "script-src 'self' cdn", always in the same order
local function csp(policy)
    local parts = {}
    for _, name in ipairs(directives) do
        local sources = policy[name]
        if sources then
            parts[#parts + 1] = name .. " " .. concat(sources, " ")
        end
    end
    return concat(parts, "; ")
end

local compiled = setmetatable({}, { __mode = "k" })

local function headers_of(tenant)
    local list = compiled[tenant]
    if list then
        return list
    end
    list = {
        { "X-Content-Type-Options", "nosniff" },
        { "X-Frame-Options", tenant.frame_options or "SAMEORIGIN" },
        { "Referrer-Policy", "strict-origin-when-cross-origin" },
    }
    if tenant:has("force_https") then
        list[#list + 1] = { "Strict-Transport-Security", "max-age=31536000; includeSubDomains" }
    end
    if tenant.csp then
        list[#list + 1] = { "Content-Security-Policy", csp(tenant.csp) }
    end
    compiled[tenant] = list
    return list
end

function _M.header_filter()
    local tenant = ngx.ctx.tenant
    if not tenant then
        return
    end
    for _, pair in ipairs(headers_of(tenant)) do
        -- an origin that knows better keeps its own
        if not ngx.header[pair[1]] then
            ngx.header[pair[1]] = pair[2]
        end
    end
    if ngx.status >= 400 then
        ngx.header["Cache-Control"] = "no-store"
    end
end

return _M
