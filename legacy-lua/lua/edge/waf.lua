-- Web application firewall: rules add up to a score, a tenant's threshold decides.

local rules = require "edge.waf_rules"
local util = require "edge.util"

local ngx = ngx
local re_find = ngx.re.find
local concat = table.concat
local ipairs, pairs, type, tostring = ipairs, pairs, type, tostring

local _M = { MAX_BODY = 65536, MAX_ARGS = 100, MAX_HEADERS = 100 }

local reads_body = { POST = true, PUT = true, PATCH = true }

-- headers that carry free text from strangers; the others are checked by their own modules
local inspected_headers = {
    "user-agent", "referer", "cookie", "x-forwarded-host", "x-api-version", "content-type",
}

local function add_values(subjects, name, value)
    subjects[#subjects + 1] = name
    if type(value) == "table" then
        for _, v in ipairs(value) do
            if type(v) == "string" then
                subjects[#subjects + 1] = v
            end
        end
    elseif type(value) == "string" then
        subjects[#subjects + 1] = value
    end
end

local collectors = {}

function collectors.uri()
    return { ngx.var.uri, ngx.var.request_uri }
end

function collectors.args()
    local subjects = {}
    for name, value in pairs(ngx.req.get_uri_args(_M.MAX_ARGS)) do
        add_values(subjects, name, value)
    end
    return subjects
end

function collectors.headers()
    local subjects, n = {}, 0
    local headers = ngx.req.get_headers(_M.MAX_HEADERS)
    for _, name in ipairs(inspected_headers) do
        local value = headers[name]
        if type(value) == "table" then
            value = concat(value, ", ")
        end
        if value then
            n = n + 1
            subjects[n] = value
        end
    end
    return subjects
end

function collectors.body()
    if not reads_body[ngx.req.get_method()] then
        return {}
    end
    local length = tonumber(ngx.var.http_content_length)
    if not length or length == 0 or length > _M.MAX_BODY then
        return {}
    end
    ngx.req.read_body()
    local data = ngx.req.get_body_data()
    return data and { data } or {}
end

local function any_match(subjects, pattern)
    for i = 1, #subjects do
        if re_find(subjects[i], pattern, "joi") then
            return true
        end
    end
    return false
end

-- Score of the current request, and the ids of the rules that matched, in the rules' order.
function _M.score()
    local collected = {}
    local total, matched = 0, {}
    for _, rule in ipairs(rules) do
        local target = rule.target
        local subjects = collected[target]
        if not subjects then
            subjects = collectors[target]()
            collected[target] = subjects
        end
        if any_match(subjects, rule.pattern) then
            total = total + rule.score
            matched[#matched + 1] = rule.id
        end
    end
    return total, matched
end

function _M.access()
    local conf = ngx.ctx.tenant.waf
    if conf.mode == "off" then
        return
    end
    local total, matched = _M.score()
    local ids = concat(matched, ",")
    ngx.var.waf_score = tostring(total)
    ngx.ctx.waf_rules = ids
    ngx.req.set_header("X-WAF-Score", tostring(total))
    if total < conf.threshold then
        return
    end
    if conf.mode == "monitor" then
        ngx.req.set_header("X-WAF-Rules", ids)
        return
    end
    ngx.ctx.blocked_by = "waf"
    ngx.var.edge_action = "deny"
    ngx.status = 403
    ngx.header["Content-Type"] = "text/html; charset=utf-8"
    ngx.header["X-Edge-Reason"] = "waf"
    ngx.say("<html><head><title>Request blocked</title></head><body><h1>Request blocked</h1><p>Reference: ",
        ngx.var.request_uid, " (", total, ": ", ids, ")</p></body></html>")
    return ngx.exit(403)
end

_M.util = util

return _M
