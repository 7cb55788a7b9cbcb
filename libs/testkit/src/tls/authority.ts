import 'reflect-metadata';
import { createPrivateKey, webcrypto } from 'node:crypto';
import {
  BasicConstraintsExtension,
  SubjectAlternativeNameExtension,
  X509CertificateGenerator,
  type X509Certificate,
} from '@peculiar/x509';

const algorithm = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' } as const;
const hourMs = 3600 * 1000;

/** PEM of a server's private key and of its certificate. */
export interface ServerCertificate {
  readonly key: string;
  readonly cert: string;
}

type KeyPair = webcrypto.CryptoKeyPair;

async function newKeyPair(): Promise<KeyPair> {
  return webcrypto.subtle.generateKey(algorithm, true, ['sign', 'verify']);
}

/** A certificate authority that exists for one test. Its certificates are good for an hour. */
export class TestAuthority {
  private constructor(
    private readonly keys: KeyPair,
    private readonly root: X509Certificate,
  ) {}

  static async create(): Promise<TestAuthority> {
    const keys = await newKeyPair();
    const root = await X509CertificateGenerator.createSelfSigned({
      serialNumber: '01',
      name: 'CN=Portcullis test authority',
      ...validity(),
      signingAlgorithm: algorithm,
      keys,
      extensions: [new BasicConstraintsExtension(true, 1, true)],
    });
    return new TestAuthority(keys, root);
  }

  /** What a client that trusts this authority is given (PEM). */
  get pem(): string {
    return this.root.toString('pem');
  }

  /** A certificate for these DNS names and IP addresses. */
  async certificate(names: readonly string[], addresses: readonly string[] = []): Promise<ServerCertificate> {
    const { privateKey, publicKey } = await newKeyPair();
    const made = await X509CertificateGenerator.create({
      serialNumber: '02',
      subject: 'CN=Portcullis test server',
      issuer: this.root.subject,
      ...validity(),
      signingAlgorithm: algorithm,
      publicKey,
      signingKey: this.keys.privateKey,
      extensions: [
        new SubjectAlternativeNameExtension([
          ...names.map((value) => ({ type: 'dns', value }) as const),
          ...addresses.map((value) => ({ type: 'ip', value }) as const),
        ]),
      ],
    });
    const pkcs8 = Buffer.from(await webcrypto.subtle.exportKey('pkcs8', privateKey));
    const key = createPrivateKey({ key: pkcs8, format: 'der', type: 'pkcs8' });
    return { key: String(key.export({ format: 'pem', type: 'pkcs8' })), cert: made.toString('pem') };
  }
}

function validity(now = Date.now()): { readonly notBefore: Date; readonly notAfter: Date } {
  return { notBefore: new Date(now - hourMs), notAfter: new Date(now + hourMs) };
}
