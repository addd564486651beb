import random, sys, json
random.seed(int(sys.argv[2]) if len(sys.argv)>2 else 7)
eco=sys.argv[1]; n=6000
R=random
def num(): return R.choice(['0','1','2','3','10','11','00','01','007','20230101','99999999999999999999'] if R.random()<.3 else ['0','1','2','10'])
def pypi():
    s=('v' if R.random()<.05 else '')+(num()+'!' if R.random()<.1 else '')+'.'.join(num() for _ in range(R.randint(1,4)))
    if R.random()<.4: s+=R.choice(['','.','-','_'])+R.choice(['a','b','c','rc','alpha','beta','pre','preview','RC'])+R.choice(['','.','-'])*0+R.choice(['',num()])
    if R.random()<.3: s+=R.choice(['.post','-post','post','.rev','-r','-'])+num()
    if R.random()<.3: s+=R.choice(['.dev','dev','-dev'])+R.choice(['',num()])
    if R.random()<.25: s+='+'+R.choice(['.','-','_']).join(R.choice(['abc','ubuntu','1','10','2','5a','x1','01']) for _ in range(R.randint(1,3)))
    return s
def gem():
    s=num()
    for _ in range(R.randint(0,4)):
        s+=R.choice(['.','.','-'])+R.choice([num(),num(),'a','b','rc1','pre','alpha','beta2','1a','RC','0'])
    return s
def nuget():
    s='.'.join(R.choice(['0','1','2','10','01']) for _ in range(R.randint(2,4)))
    if R.random()<.6: s+='-'+'.'.join(R.choice(['alpha','Alpha','beta','BETA','rc','1','2','10','rc1','rc-1','-1','a','B','x-y','99999999999','0']) for _ in range(R.randint(1,3)))
    if R.random()<.2: s+='+'+R.choice(['abc','1','build.5'])
    return s
def maven():
    s=num()
    for _ in range(R.randint(0,4)):
        s+=R.choice(['.','-','','.','-'])+R.choice([num(),num(),'alpha','a','a1','b2','m3','beta','milestone','rc','cr','rc1','SNAPSHOT','ga','final','release','sp','sp1','Final','jre','jre8','abc','x','RELEASE','android','pom','redhat'])
    return s
g={'pypi':pypi,'gem':gem,'nuget':nuget,'maven':maven}[eco]
for _ in range(n):
    a=g(); b=g()
    if R.random()<.4:
        # near variants
        b=a+R.choice(['','.0','.1','-1','a','-rc1','.0.0','+1','.final','-SNAPSHOT'])
    print(a+'\t'+b)
