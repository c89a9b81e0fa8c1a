import url from './stili/tavolozze/blu-notte.scss?url'
console.log(url)
