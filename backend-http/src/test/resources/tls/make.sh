#!/bin/sh
# Makes the certificates of TlsTest in the current directory: keys that open nothing but that test.
set -e
curve="-newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes"
openssl req -x509 $curve -keyout ca.key -out ca.pem -days 36500 -subj "/CN=test authority"
openssl req $curve -keyout server.key -out server.csr -subj "/CN=registry"
issue() { # name, subject alternative names, from, until
  printf 'subjectAltName=%s' "$2" > san
  : > index; echo "$1" | cksum | cut -c1-6 > serial
  printf '[ca]\ndefault_ca=d\n[d]\ndatabase=index\nserial=serial\ndefault_md=sha256\npolicy=p\n[p]\ncommonName=supplied\n' > conf
  openssl ca -batch -notext -config conf -cert ca.pem -keyfile ca.key -in server.csr -out "$1.pem" \
    -outdir . -extfile san -startdate "$3" -enddate "$4"
}
issue localhost DNS:localhost,IP:127.0.0.1 20200101000000Z 21200101000000Z
issue elsewhere DNS:elsewhere.example 20200101000000Z 21200101000000Z
issue expired DNS:localhost 20200101000000Z 20210101000000Z
rm -f ca.key server.csr san index* serial* conf [0-9]*.pem
