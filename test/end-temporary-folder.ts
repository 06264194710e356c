export { endTemporaryFolder as default } from './temporary-folder';
