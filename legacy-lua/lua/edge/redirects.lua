-- Redirects of a tenant: exact, by prefix, by regex; and the two that everybody gets.

local util = require "edge.util"

local ngx = ngx
local ipairs, pairs, sub = ipairs, pairs, string.sub

local _M = {}

local allowed = { [301] = true, [302] = true, [303] = true, [307] = true }

local function index_of(tenant)
    local index = rawget(tenant, "redirect_index")
    if index then
        return index
    end
    index = { exact = {}, prefix = {}, regex = {} }
    for _, r in ipairs(tenant.redirects) do
        local status = allowed[r.status or 302] and r.status or 302
        if r.kind == "exact" then
            index.exact[r.from] = { to = r.to, status = status }
        elseif r.kind == "prefix" then
            index.prefix[#index.prefix + 1] = { from = r.from, to = r.to, status = status }
        else
            index.regex[#index.regex + 1] = { from = r.from, to = r.to, status = status }
        end
    end
    -- the longest prefix wins
    table.sort(index.prefix, function(a, b)
        if #a.from ~= #b.from then
            return #a.from > #b.from
        end
        return a.from < b.from
    end)
    tenant.redirect_index = index
    return index
end

local function with_args(target)
    local args = ngx.var.args
    if not args or args == "" then
        return target
    end
    return target .. (target:find("?", 1, true) and "&" or "?") .. args
end

local function find(tenant, uri)
    local index = index_of(tenant)
    local hit = index.exact[uri]
    if hit then
        return hit.to, hit.status
    end
    for _, r in ipairs(index.prefix) do
        if util.starts_with(uri, r.from) then
            return r.to .. sub(uri, #r.from + 1), r.status
        end
    end
    for _, r in ipairs(index.regex) do
        local target, n, err = ngx.re.sub(uri, r.from, r.to, "jo")
        if err then
            ngx.log(ngx.ERR, "redirect ", r.from, ": ", err)
        elseif n > 0 then
            return target, r.status
        end
    end
    return nil
end

_M.find = find

function _M.rewrite()
    local tenant = ngx.ctx.tenant
    if tenant:has("force_https") and ngx.var.http_x_forwarded_proto == "http" then
        return ngx.redirect("https://" .. ngx.var.host .. ngx.var.request_uri, 301)
    end
    local uri = ngx.var.uri
    local target, status = find(tenant, uri)
    if target then
        ngx.var.edge_action = "redirect"
        return ngx.redirect(with_args(target), status)
    end
    if tenant:has("no_double_slash") then
        local clean, n = ngx.re.gsub(ngx.var.request_uri, [[^([^?]*?)/{2,}]], "$1/", "jo")
        if n and n > 0 then
            ngx.var.edge_action = "redirect"
            return ngx.redirect(clean, 301)
        end
    end
end

-- for the endpoint that operators ask "where would this go?"
function _M.explain(tenant)
    local lines = {}
    local index = index_of(tenant)
    for _, from in ipairs(util.sorted_keys(index.exact)) do
        lines[#lines + 1] = "exact " .. from .. " -> " .. index.exact[from].to
    end
    for _, r in ipairs(index.prefix) do
        lines[#lines + 1] = "prefix " .. r.from .. " -> " .. r.to
    end
    for _, r in pairs(index.regex) do
        lines[#lines + 1] = "regex " .. r.from .. " -> " .. r.to
    end
    return table.concat(lines, "\n")
end

return _M
