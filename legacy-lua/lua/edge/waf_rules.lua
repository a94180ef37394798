-- The rules of edge.waf. A rule adds its score once, however often it matches.
-- Patterns are PCRE, matched without case ("joi").

local rules = {}

local function rule(id, target, score, pattern, what)
    rules[#rules + 1] = { id = id, target = target, score = score, pattern = pattern, what = what }
end

-- 1xx: SQL injection
rule(101, "args", 6, [[\bunion\b.{1,100}?\bselect\b]], "union select")
rule(102, "args", 5, [[\bselect\b.{1,100}?\bfrom\b]], "select from")
rule(103, "args", 6, [[(?:'|")\s*(?:or|and)\s+(?:'|"|\d+)[^=]{0,10}=]], "tautology")
rule(104, "args", 5, [[\b(?:insert\s+into|delete\s+from|drop\s+(?:table|database)|truncate\s+table)\b]], "sql statement")
rule(105, "args", 5, [[\b(?:sleep|benchmark|pg_sleep|waitfor\s+delay)\s*\(?]], "time based")
rule(106, "args", 4, [[(?:--|#|/\*!?)\s*$]], "trailing comment")
rule(107, "args", 4, [[\b(?:information_schema|sysobjects|pg_catalog|sqlite_master)\b]], "schema table")
rule(108, "args", 5, [[\bload_file\s*\(|\binto\s+(?:out|dump)file\b]], "file access")
rule(109, "args", 4, [[\b(?:concat|char|chr|ascii|substring)\s*\(]], "string function")
rule(110, "args", 5, [[;\s*(?:select|insert|update|delete|drop|exec)\b]], "stacked statement")
rule(111, "body", 6, [[\bunion\b.{1,100}?\bselect\b]], "union select in body")
rule(112, "body", 6, [[(?:'|"|%27|%22)(?:\s|\+|%20)*(?:or|and)(?:\s|\+|%20)+(?:'|"|%27|\d+)]], "tautology in body")
rule(113, "headers", 6, [[(?:'|")\s*(?:or|and)\s+(?:'|"|\d+)\s*=]], "tautology in header")
rule(114, "uri", 5, [[(?:%27|')(?:\s|%20|\+)*(?:or|and|union)\b]], "quote in path")

-- 2xx: cross-site scripting
rule(201, "args", 6, [[<\s*script\b]], "script tag")
rule(202, "args", 5, [[\bon(?:error|load|click|mouseover|focus|toggle)\s*=]], "event handler")
rule(203, "args", 5, [[javascript\s*:]], "javascript url")
rule(204, "args", 4, [[<\s*(?:iframe|object|embed|svg|math|base|meta)\b]], "active tag")
rule(205, "args", 4, [[\b(?:document|window)\s*\.\s*(?:cookie|location|write)]], "dom access")
rule(206, "args", 4, [[\b(?:eval|settimeout|setinterval|function)\s*\(]], "script call")
rule(207, "args", 3, [[&#x?[0-9a-f]{2,6};?]], "encoded character")
rule(208, "body", 6, [[<\s*script\b|%3c\s*script\b]], "script tag in body")
rule(209, "body", 5, [[\bon(?:error|load|click)(?:\s|%20)*(?:=|%3d)]], "event handler in body")
rule(210, "headers", 6, [[<\s*script\b]], "script tag in header")
rule(211, "uri", 6, [[(?:<|%3c)\s*(?:script|svg|img)\b]], "tag in path")
rule(212, "args", 4, [[data:\s*text/html]], "html data url")
rule(213, "args", 3, [[\bexpression\s*\(]], "css expression")

-- 3xx: path traversal and file inclusion
rule(301, "uri", 6, [[(?:\.\.|%2e%2e)(?:/|\\|%2f|%5c)]], "dot dot")
rule(302, "args", 6, [[(?:\.\./|\.\.\\){2,}]], "dot dot in argument")
rule(303, "args", 6, [[/etc/(?:passwd|shadow|hosts|group)\b]], "system file")
rule(304, "uri", 5, [[/\.(?:git|svn|hg|env|htaccess|htpasswd|ssh|aws)(?:/|$)]], "dot file")
rule(305, "args", 5, [[\b(?:php|phar|zip|expect|glob|file)://]], "stream wrapper")
rule(306, "args", 4, [[\b(?:boot\.ini|win\.ini|web\.config)\b]], "windows file")
rule(307, "uri", 4, [[\.(?:bak|old|orig|save|swp|sql|tar\.gz|tgz)$]], "backup file")
rule(308, "uri", 5, [[%00|\x00]], "nul octet")
rule(309, "args", 5, [[\x00]], "nul octet in argument")
rule(310, "args", 4, [[^(?:https?|ftp)://\d{1,3}(?:\.\d{1,3}){3}]], "remote inclusion by address")
rule(311, "body", 5, [[/etc/(?:passwd|shadow)\b]], "system file in body")

-- 4xx: command injection
rule(401, "args", 6, [[[;|&`]\s*(?:cat|ls|id|whoami|uname|wget|curl|nc|bash|sh|python|perl)\b]], "shell command")
rule(402, "args", 5, [[\$\((?:[^)]{1,80})\)]], "command substitution")
rule(403, "args", 5, [[`[^`]{1,80}`]], "backticks")
rule(404, "args", 6, [[/bin/(?:ba|c|k|z)?sh\b]], "shell path")
rule(405, "body", 6, [[[;|&`](?:\s|%20|\+)*(?:cat|id|whoami|wget|curl|bash)\b]], "shell command in body")
rule(406, "headers", 8, [[\(\)\s*\{\s*:?;?\s*\}\s*;]], "shellshock")
rule(407, "args", 5, [[\bcmd(?:\.exe)?\s*/c\b|\bpowershell\b]], "windows shell")
rule(408, "args", 4, [[>\s*/dev/(?:null|tcp|udp)]], "device redirect")

-- 5xx: code and template injection
rule(501, "args", 7, [[\$\{\s*(?:jndi|env|sys|lower|upper)\s*:]], "log4j lookup")
rule(502, "headers", 8, [[\$\{\s*jndi\s*:]], "log4j lookup in header")
rule(503, "args", 5, [[\{\{.{1,80}?\}\}]], "template expression")
rule(504, "args", 5, [[<\?(?:php|=)]], "php tag")
rule(505, "body", 6, [[<\?php\b]], "php tag in body")
rule(506, "args", 4, [[\b(?:system|passthru|shell_exec|proc_open|popen)\s*\(]], "php call")
rule(507, "args", 4, [[__(?:class|globals|import|proto)__]], "internals")
rule(508, "body", 5, [[\bclass\.module\.classloader\b]], "spring class loader")
rule(509, "body", 6, [[<!(?:doctype|entity)\b.{0,200}?\bsystem\b]], "external entity")
rule(510, "args", 4, [=[\bO:\d{1,5}:"[a-z_]]=], "php object")
rule(511, "body", 5, [[\brO0AB[A-Za-z0-9+/]|\xac\xed\x00\x05]], "java object")

-- 6xx: protocol and tools
rule(601, "args", 5, [[(?:\r|\n)\s*(?:set-cookie|location|content-type)\s*:]], "response splitting")
rule(602, "headers", 4, [[(?:sqlmap|nikto|nessus|acunetix|burp|wpscan)]], "scanner")
rule(603, "uri", 3, [[/(?:wp-admin|wp-login|phpmyadmin|adminer|cgi-bin)(?:/|\.|$)]], "probed path")
rule(604, "args", 3, [[.{2048}]], "very long argument")
rule(605, "headers", 3, [[.{4096}]], "very long header")
rule(606, "uri", 3, [[[^\x20-\x7e]{4}]], "binary path")
rule(607, "headers", 4, [[multipart/form-data.*boundary=.{100}]], "long boundary")
rule(608, "uri", 4, [[;jsessionid=[^;/?]{100}]], "long session id")

return rules
