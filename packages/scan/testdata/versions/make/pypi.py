import sys
from pip._vendor.packaging.version import Version, InvalidVersion
for l in sys.stdin:
    a,b=l.rstrip('\n').split('\t')
    try: x,y=Version(a),Version(b)
    except InvalidVersion: continue
    print(f"{a}\t{b}\t{(x>y)-(x<y)}")
