/*
 * Families of EC2 instance types by region, from DescribeInstanceTypeOfferings. Commercial regions only. `scripts/instance-offerings.ts`
 * updates the table. A region can offer more by now, so a family that a config lists is never rejected because of this table.
 */
const FAMILIES: { readonly [region: string]: string } = {
  'af-south-1': `
    c5 c5a c5ad c5d c5n c6g c6gd c6i c6in c7g c7i c7i-flex c8gn c8i c8i-flex d2 g4dn i3 i3en i4i i7i i7ie inf1 m5 m5d m6g m6gd m6i m7g
    m7i m8g m8i m8i-flex r5 r5d r5dn r5n r6g r6gd r6i r6id r7g r7gd r8gd r8i r8i-flex t3 t4g u-6tb1 x1 x1e x2idn x2iedn`,
  'ap-east-1': `
    c5 c5a c5d c5n c6a c6g c6gn c6i c6in c7g c7i c7i-flex c8g c8gn d2 g4dn g5 i3 i3en i4i i7i i7ie inf1 m5 m5d m6g m6gd m6i m7g m7i
    m7i-flex m8g r5 r5d r5n r6g r6i r7g r7gd r8g r8gd t3 t4g u-3tb1 x1`,
  'ap-northeast-1': `
    a1 c1 c3 c4 c5 c5a c5d c5n c6a c6g c6gd c6gn c6i c6id c6in c7a c7g c7gd c7gn c7i c7i-flex c8a c8g c8gd c8gn c8i c8i-flex c8id c8in
    c8ine d2 d3 d3en f2 g4ad g4dn g5 g5g g6 g6e g6f g7e gr6 gr6f hpc7g hpc8a i2 i3 i3en i4i i7i i7ie i8g im4gn inf1 inf2 is4gen m1 m2
    m3 m4 m5 m5a m5ad m5d m5dn m5n m5zn m6a m6g m6gd m6i m6id m6idn m6in m7a m7g m7gd m7i m7i-flex m8a m8azn m8g m8gd m8i m8i-flex
    m8id mac1 p3dn p4d p4de p5 p5en r3 r4 r5 r5a r5ad r5b r5d r5dn r5n r6a r6g r6gd r6i r6id r6idn r6in r7a r7g r7gd r7i r7iz r8a r8g
    r8gd r8i r8i-flex r8id t1 t2 t3 t3a t4g u-3tb1 u-6tb1 u7i-6tb vt1 x1 x1e x2idn x2iedn x2iezn x8aedz z1d`,
  'ap-northeast-2': `
    c4 c5 c5a c5d c5n c6g c6gd c6gn c6i c6id c6in c7g c7gd c7i c7i-flex c8g c8gn c8i c8i-flex d2 f2 g4dn g5 g5g g6 g6e g6f g7e gr6
    gr6f i2 i3 i3en i4i i7i i7ie i8g inf1 inf2 m4 m5 m5a m5ad m5d m5zn m6g m6gd m6i m6id m6idn m6in m7g m7gd m7i m7i-flex m8g m8i
    m8i-flex mac1 p4d p5 p5en r3 r4 r5 r5a r5ad r5b r5d r5dn r5n r6g r6gd r6i r6id r7g r7gd r7i r8g r8gd r8i r8i-flex t2 t3 t3a t4g
    u-6tb1 u7i-12tb u7i-6tb u7i-8tb u7in-16tb x1 x1e x2idn x2iedn x8aedz z1d`,
  'ap-northeast-3': `
    c4 c5 c5d c5n c6g c6gd c6gn c6i c6in c7g c7gd c7i c8g d2 g4dn g6e i3 i3en i4i i7i i8g m4 m5 m5d m6g m6gd m6i m7g m7i m7i-flex m8g
    r4 r5 r5d r6g r6gd r6i r7g r7gd r7i r8g t2 t3 t4g u-6tb1 x1 x1e x2idn x2iedn`,
  'ap-south-1': `
    a1 c4 c5 c5a c5d c5n c6a c6g c6gd c6gn c6i c6in c7g c7gd c7i c7i-flex c8g c8gn c8i c8i-flex d2 d3 g4dn g5 g6 g6e g6f gr6 gr6f i2
    i3 i3en i4i i7i i7ie i8g i8ge im4gn inf1 inf2 is4gen m4 m5 m5a m5ad m5d m6a m6g m6gd m6i m6id m6idn m6in m7g m7gd m7i m7i-flex m8g
    m8i m8i-flex mac1 p4d p5 p5en r3 r4 r5 r5a r5ad r5d r5n r6a r6g r6gd r6i r6id r7g r7gd r7i r8g r8i r8i-flex t2 t3 t3a t4g trn1
    u-6tb1 u7i-12tb u7i-6tb u7i-8tb u7in-16tb x1 x1e x2idn x2iedn x8aedz z1d`,
  'ap-south-2': `
    c5 c5d c6a c6g c6i c6in c7g c7i c8g c8gn c8i c8i-flex i3 i3en i4i i7i m5 m5d m6a m6g m6gd m6i m7g m8g m8i m8i-flex r5 r5d r6a r6g
    r6i r7a r7g r7gd r7i r8g r8i r8i-flex t3 t4g u-6tb1 u7i-12tb u7i-8tb x2idn x2iedn`,
  'ap-southeast-1': `
    a1 c1 c3 c4 c5 c5a c5ad c5d c5n c6a c6g c6gd c6gn c6i c6id c6in c7g c7gd c7i c7i-flex c8g c8gn c8i c8i-flex d2 d3 d3en g4dn g5g
    hpc6a i2 i3 i3en i4g i4i i7i i7ie i8g i8ge im4gn inf1 inf2 is4gen m1 m2 m3 m4 m5 m5a m5ad m5d m5dn m5n m5zn m6a m6g m6gd m6i m6id
    m6idn m6in m7g m7gd m7i m7i-flex m8g m8i m8i-flex mac1 mac2 p4de r3 r4 r5 r5a r5ad r5b r5d r5dn r5n r6a r6g r6gd r6i r6id r6idn
    r6in r7g r7gd r7i r8g r8i r8i-flex t1 t2 t3 t3a t4g u-3tb1 u-6tb1 u7i-12tb u7i-6tb u7i-8tb u7in-16tb x1 x1e x2idn x2iedn z1d`,
  'ap-southeast-2': `
    a1 c1 c3 c4 c5 c5a c5ad c5d c5n c6a c6g c6gd c6gn c6i c6id c6in c7g c7gd c7i c7i-flex c8g c8gd c8gn c8i c8i-flex d2 d3 d3en f2
    g4dn g5 g6 g6f gr6 gr6f hpc6a i2 i3 i3en i4g i4i i7i i7ie i8g i8ge im4gn inf1 inf2 is4gen m1 m2 m3 m4 m5 m5a m5ad m5d m5zn m6a m6g
    m6gd m6i m6id m6idn m6in m7a m7g m7gd m7i m7i-flex m8g m8gd m8i m8i-flex mac-m4 mac1 mac2-m2 mac2-m2pro p4d p5 p5e r3 r4 r5 r5a
    r5ad r5b r5d r5dn r5n r6a r6g r6gd r6i r6id r6idn r6in r7g r7gd r7i r8g r8gd r8i r8i-flex t1 t2 t3 t3a t4g trn1 u-3tb1 u-6tb1
    u7i-12tb u7i-6tb u7in-16tb x1 x1e x2idn x2iedn x8g z1d`,
  'ap-southeast-3': `
    c5 c5d c5n c6g c6gd c6gn c6in c7g c7gd c7i c7i-flex c8g c8gn d3en g5 g5g i3 i3en i4i i7i i7ie m5 m5d m6g m6gd m6i m7g m7i m7i-flex
    m8g p5 p5e p5en r5 r5d r6g r6gd r7g r7gd r7i r8g r8gd t3 t4g u-6tb1 u7i-6tb x2idn x2iedn`,
  'ap-southeast-4': `
    c5 c5d c6g c6in c7i c8g c8gn i3 i3en i4i i7i i7ie m5 m5d m6g m6gd m7g m7i m7i-flex m8g r5 r5d r6g r7g r7i r8g t3 t4g trn1 trn2
    x2idn`,
  'ap-southeast-5': `
    c6g c6gn c6i c6id c6in c7g c7gd c7i c7i-flex c8g c8gd c8gn c8i c8i-flex g6 gr6 i3en i4i i7i i7ie i8ge m6g m6gd m6i m6id m7g m7gd
    m7i m7i-flex m8g m8gd m8i m8i-flex r6g r6i r6id r7g r7gd r7i r8g r8gd r8i r8i-flex t3 t4g u7i-6tb u7i-8tb x2idn x2iedn`,
  'ca-central-1': `
    c4 c5 c5a c5d c5n c6a c6g c6gd c6gn c6i c6id c6in c7g c7gd c7i c7i-flex c8g c8gd c8gn c8i c8i-flex d2 d3 f2 g4ad g4dn g5 g6 g6f
    gr6 gr6f i3 i3en i4g i4i i7i i7ie i8g im4gn inf1 is4gen m4 m5 m5a m5ad m5d m6a m6g m6gd m6i m6id m6idn m6in m7g m7i m7i-flex m8g
    m8gd m8i m8i-flex mac2-m2 p4d p5 r4 r5 r5a r5ad r5b r5d r5n r6a r6g r6gd r6i r7g r7i r8g r8gd r8i r8i-flex t2 t3 t3a t4g u-3tb1
    u-6tb1 u7i-6tb x1 x1e x2idn x2iedn`,
  'ca-west-1': `
    c5 c6g c6gn c6i c6id c6in c7g c8gn i3en i4i i7i i7ie m5 m5d m6g m6gd m6i m6id m8g r5 r6g r6i r6id r7g r8gd t3 t4g`,
  'eu-central-1': `
    a1 c3 c4 c5 c5a c5ad c5d c5n c6a c6g c6gd c6gn c6i c6id c6in c7a c7g c7gd c7i c7i-flex c8a c8g c8gd c8gn c8i c8i-flex c8id d2 d3
    d3en dl2q f2 g4ad g4dn g5 g5g g6 g6e g6f gr6 gr6f i2 i3 i3en i4i i7i i7ie i8g i8ge im4gn inf1 inf2 is4gen m3 m4 m5 m5a m5ad m5d
    m5dn m5n m5zn m6a m6g m6gd m6i m6id m6idn m6in m7a m7g m7gd m7i m7i-flex m8a m8azn m8g m8gd m8i m8i-flex m8id mac-m4 mac1 mac2-m2
    p4d p4de r3 r4 r5 r5a r5ad r5b r5d r5dn r5n r6a r6g r6gd r6i r6id r6idn r6in r7a r7g r7gd r7i r7iz r8a r8g r8gd r8i r8i-flex r8id
    t2 t3 t3a t4g u-3tb1 u-6tb1 u7i-12tb u7i-6tb u7i-8tb u7in-16tb u7in-24tb x1 x1e x2idn x2iedn x8g x8i z1d`,
  'eu-central-2': `
    c5 c5d c6g c6gd c6in c7g c7gd c7i c7i-flex c8g c8gn d3 g6 gr6 i3 i3en i4i i7i i7ie m5 m5d m6g m6gd m6i m6id m6idn m6in m7g m7i m8g
    r5 r5d r6g r6gd r6i r7g r8g t3 t4g u-3tb1 u-6tb1 u7i-8tb x2idn x2iedn`,
  'eu-north-1': `
    c5 c5a c5d c5n c6g c6gd c6gn c6i c6in c7a c7g c7gd c7i c7i-flex c8g c8gn d2 g4dn g5 g6 g6e g6f gr6 gr6f hpc6a hpc6id hpc7a hpc8a
    i3 i3en i4i i7i i7ie i8g i8ge inf1 inf2 m5 m5d m6g m6gd m6i m6idn m6in m7a m7g m7gd m7i m7i-flex m8g mac1 p4d p5 p5e p5en r5 r5b
    r5d r5dn r5n r6g r6gd r6i r6idn r6in r7a r7g r7gd r7i r8g t3 t4g u-6tb1 u7i-12tb u7i-6tb u7i-8tb u7in-24tb x2idn x2iedn x8aedz x8g
    x8i`,
  'eu-south-1': `
    c5 c5a c5ad c5d c5n c6g c6gn c6i c6id c6in c7g c8g c8gn d2 g4dn i3 i3en i4i i7i i7ie im4gn inf1 m5 m5a m5d m6a m6g m6gd m6i m6id
    m7i m8g r5 r5a r5b r5d r5dn r5n r6g r6i r7g r7gd r7i t3 t3a t4g u-3tb1 u-6tb1 u7i-12tb u7i-6tb u7i-8tb x2idn x2iedn`,
  'eu-south-2': `
    c5 c5d c6g c6gd c6in c7a c7g c7gd c7i c7i-flex c8a c8g c8gd c8gn c8i c8i-flex c8id c8in g5g g6 g6e g6f g7e gr6 gr6f i3 i3en i4i
    i7i i7ie i8g im4gn m5 m5d m6g m6gd m6id m6idn m6in m7a m7g m7gd m7i m7i-flex m8a m8g m8gd m8i m8i-flex m8ib m8id m8in p5en r5 r5d
    r6g r6gd r6id r7a r7g r7gd r7i r8a r8g r8gd r8i r8i-flex r8ib r8id r8in t3 t4g u-6tb1 u7i-12tb x2idn x2iedn`,
  'eu-west-1': `
    a1 c1 c3 c4 c5 c5a c5ad c5d c5n c6a c6g c6gd c6gn c6i c6id c6in c7a c7g c7gd c7gn c7i c7i-flex c8a c8g c8gd c8gn c8i c8i-flex d2
    d3 d3en g4ad g4dn g5 h1 hpc7a hpc7g i2 i3 i3en i4g i4i i7i i7ie i8g i8ge im4gn inf1 inf2 is4gen m1 m2 m3 m4 m5 m5a m5ad m5d m5dn
    m5n m5zn m6a m6g m6gd m6i m6id m6idn m6in m7a m7g m7gd m7i m7i-flex m8a m8g m8gd m8i m8i-flex mac-m4 mac1 mac2 p3dn p4d r3 r4 r5
    r5a r5ad r5b r5d r5dn r5n r6a r6g r6gd r6i r6id r6idn r6in r7a r7g r7gd r7i r7iz r8a r8g r8gd r8i r8i-flex t1 t2 t3 t3a t4g u-3tb1
    u-6tb1 u7i-12tb u7i-6tb u7i-8tb u7in-16tb vt1 x1 x1e x2gd x2idn x2iedn x2iezn x8g z1d`,
  'eu-west-2': `
    c4 c5 c5a c5d c5n c6a c6g c6gd c6gn c6i c6id c6in c7a c7g c7gd c7i c7i-flex c8g c8gd c8gn c8i c8i-flex d2 d3 f2 g4ad g4dn g5 g6
    g6f gr6 gr6f i3 i3en i4i i7i i7ie i8g im4gn inf1 inf2 is4gen m4 m5 m5a m5ad m5d m6a m6g m6gd m6i m6id m6idn m6in m7a m7g m7i
    m7i-flex m8g m8gd m8i m8i-flex mac1 p4d p5 p5e r4 r5 r5a r5ad r5b r5d r5n r6g r6gd r6i r6id r7g r7gd r7i r8g r8gd r8i r8i-flex t2
    t3 t3a t4g u-6tb1 u7i-6tb u7i-8tb u7in-16tb x1 x2idn x2iedn z1d`,
  'eu-west-3': `
    c5 c5a c5d c5n c6g c6gd c6gn c6i c6id c6in c7g c7gd c7i c7i-flex c8i c8i-flex d2 d3 g4dn g6 gr6 hpc6id hpc7a i3 i3en i4i i7ie
    im4gn inf1 inf2 is4gen m5 m5a m5ad m5d m6a m6g m6gd m6i m7g m7gd m7i m7i-flex m8g m8i m8i-flex r4 r5 r5a r5ad r5d r5dn r5n r6g
    r6gd r6i r7g r7gd r7i r8g r8i r8i-flex t2 t3 t3a t4g u-3tb1 u-6tb1 u7i-6tb x1 x2idn x2iedn x8i`,
  'il-central-1': `
    c5 c5d c6g c6gn c6i c6id c6in c7g d3 g5 i3 i3en i4i m5 m5d m6g m6gd m6i m6id m7g m7i p4de r5 r5d r6g r6i r6id r7g r7gd t3 t3a t4g
    u-6tb1 x2idn`,
  'me-central-1': `
    c5 c5d c6g c6in c7i c8gn g5 g6 g6e i3 i3en i4i i7i m5 m5d m6g m6gd m6i m7g m7gd m7i m8g p5en r5 r5d r6g r6i r7g r7gd r8g r8i x2idn
    x2iezn`,
  'me-south-1': `
    c5 c5a c5ad c5d c5n c6g c6gn c6i c6in c7g d2 g4dn i3 i3en i4i inf1 m5 m5d m6g m6gd m6i m7g m8g r5 r5d r6g r6i r7g t3 t4g x2idn`,
  'sa-east-1': `
    c1 c3 c4 c5 c5a c5ad c5d c5n c6a c6g c6gd c6gn c6i c6id c6in c7g c7gd c7i c7i-flex c8g c8gd c8gn c8i c8i-flex g4dn g5 g6 g6f gr6
    gr6f i3 i3en i4g i4i i7i i7ie i8g inf1 inf2 m1 m2 m3 m4 m5 m5a m5ad m5d m5zn m6a m6g m6gd m6i m6id m7g m7gd m7i m7i-flex m8g m8gd
    m8i m8i-flex p4d p5 p5e r3 r4 r5 r5a r5ad r5b r5d r5n r6g r6gd r6i r7g r7gd r7i r8g r8gd r8i r8i-flex t1 t2 t3 t3a t4g trn2 u-3tb1
    u-6tb1 u7i-12tb u7i-6tb u7i-8tb x1 x1e x2idn x2iedn`,
  'us-east-1': `
    a1 c1 c3 c4 c5 c5a c5ad c5d c5n c6a c6g c6gd c6gn c6i c6id c6in c7a c7g c7gd c7gn c7i c7i-flex c8a c8g c8gb c8gd c8gn c8i c8i-flex
    c8ib c8id c8in c8ine d2 d3 d3en dl1 f2 g4ad g4dn g5 g5g g6 g6e g6f g7e gr6 gr6f h1 hpc7g i2 i3 i3en i4g i4i i7i i7ie i8g i8ge
    im4gn inf1 inf2 is4gen m1 m2 m3 m4 m5 m5a m5ad m5d m5dn m5n m5zn m6a m6g m6gd m6i m6id m6idn m6in m7a m7g m7gd m7i m7i-flex m8a
    m8azn m8g m8gb m8gd m8gn m8i m8i-flex m8ib m8id m8in m8ine mac-m4 mac-m4max mac-m4pro mac1 mac2 mac2-m1ultra mac2-m2 mac2-m2pro
    p3dn p4d p4de p5 p5en p6-b200 r3 r4 r5 r5a r5ad r5b r5d r5dn r5n r6a r6g r6gd r6i r6id r6idn r6in r7a r7g r7gd r7i r7iz r8a r8g
    r8gb r8gd r8gn r8i r8i-flex r8ib r8id r8in t1 t2 t3 t3a t4g trn1 trn1n u-3tb1 u-6tb1 u7i-12tb u7i-6tb u7i-8tb u7in-16tb u7in-24tb
    u7in-32tb vt1 x1 x1e x2gd x2idn x2iedn x2iezn x8g x8i z1d`,
  'us-east-2': `
    a1 c4 c5 c5a c5ad c5d c5n c6a c6g c6gd c6gn c6i c6id c6in c7a c7g c7gd c7gn c7i c7i-flex c8a c8g c8gd c8gn c8i c8i-flex c8id d2 d3
    g4ad g4dn g5 g6 g6e g6f g7e gr6 gr6f h1 hpc6a hpc6id hpc7a hpc8a i2 i3 i3en i4g i4i i7i i7ie i8g i8ge im4gn inf1 inf2 is4gen m4 m5
    m5a m5ad m5d m5dn m5n m5zn m6a m6g m6gd m6i m6id m6idn m6in m7a m7g m7gd m7i m7i-flex m8a m8azn m8g m8gd m8i m8i-flex m8id mac-m4
    mac-m4pro mac1 mac2 mac2-m2 mac2-m2pro p4d p5 p5e p5en p6-b200 r3 r4 r5 r5a r5ad r5b r5d r5dn r5n r6a r6g r6gd r6i r6id r6idn r6in
    r7a r7g r7gd r7i r7iz r8a r8g r8gd r8i r8i-flex r8ib r8id r8in t2 t3 t3a t4g trn1 trn1n trn2 u-3tb1 u-6tb1 u7i-12tb u7i-6tb
    u7i-8tb u7in-16tb u7in-24tb x1 x1e x2gd x2idn x2iedn x8g x8i z1d`,
  'us-west-1': `
    c1 c3 c4 c5 c5a c5d c5n c6a c6g c6gd c6gn c6i c6in c7g c7gd c7i c7i-flex c8g c8gn c8i c8i-flex d2 g4dn i2 i3 i3en i4i i7i i7ie
    inf1 m1 m2 m3 m4 m5 m5a m5ad m5d m5zn m6a m6g m6gd m6i m6id m6idn m6in m7g m7gd m7i m7i-flex m8g m8i m8i-flex p5 p5en r3 r4 r5 r5a
    r5ad r5d r5n r6a r6g r6gd r6i r7g r7gd r7i r8g r8gd r8i r8i-flex t1 t2 t3 t3a t4g x2idn x2iedn z1d`,
  'us-west-2': `
    a1 c1 c3 c4 c5 c5a c5ad c5d c5n c6a c6g c6gd c6gn c6i c6id c6in c7a c7g c7gd c7gn c7i c7i-flex c8a c8g c8gb c8gd c8gn c8i c8i-flex
    c8ib c8id c8in c8ine d2 d3 d3en dl1 dl2q f2 g4ad g4dn g5 g5g g6 g6e g6f g7e gr6 gr6f h1 i2 i3 i3en i4g i4i i7i i7ie i8g i8ge im4gn
    inf1 inf2 is4gen m1 m2 m3 m4 m5 m5a m5ad m5d m5dn m5n m5zn m6a m6g m6gd m6i m6id m6idn m6in m7a m7g m7gd m7i m7i-flex m8a m8azn
    m8g m8gb m8gd m8gn m8i m8i-flex m8ib m8id m8in m8ine mac-m4 mac-m4max mac-m4pro mac1 mac2 mac2-m1ultra mac2-m2 mac2-m2pro p3dn p4d
    p4de p5 p5e p5en p6-b200 p6-b300 r3 r4 r5 r5a r5ad r5b r5d r5dn r5n r6a r6g r6gd r6i r6id r6idn r6in r7a r7g r7gd r7i r7iz r8a r8g
    r8gb r8gd r8gn r8i r8i-flex r8ib r8id r8in t1 t2 t3 t3a t4g trn1 trn1n u-3tb1 u-6tb1 u7i-12tb u7i-6tb u7i-8tb u7in-16tb u7in-24tb
    u7in-32tb vt1 x1 x1e x2gd x2idn x2iedn x2iezn x8aedz x8g x8i z1d`,
};

/** Regions whose families are known. */
export const OFFERING_REGIONS: readonly string[] = Object.keys(FAMILIES);

const READ = new Map<string, ReadonlySet<string>>();

/** The families that a region offers, or undefined if unknown. */
export function familiesIn(region: string): ReadonlySet<string> | undefined {
  const families = Object.hasOwn(FAMILIES, region) ? FAMILIES[region] : undefined;
  if (families === undefined) return undefined;
  const known = READ.get(region) ?? new Set(families.trim().split(/\s+/));
  READ.set(region, known);
  return known;
}
